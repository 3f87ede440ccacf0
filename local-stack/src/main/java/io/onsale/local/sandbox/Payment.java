package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One payment as the provider knows it, made of the ledger's events alone. Guarded by its {@link Book}. */
final class Payment {

    /** Common to both providers; PortOne and KakaoPay each print their own words for them. */
    enum State {
        REGISTERED,
        READY,
        AUTHORIZED,
        PAID,
        PARTIAL_CANCELLED,
        CANCELLED,
        FAILED,
        QUIT
    }

    record Refund(String id, long amount, long taxFree, long vat, String reason, String trigger, Instant at) {}

    final String provider;
    final String id;
    final Instant createdAt;
    State state = State.REGISTERED;
    long amount;
    long taxFree;
    long vat;
    long captured;
    int captures;
    String currency = "KRW";
    String transactionId = "";
    String pgTxId = "";
    String failure = "";
    Instant changedAt;
    Instant paidAt = Instant.EPOCH;
    /** The opening event of the checkout or of KakaoPay's ready: order name, URLs to go back to, ids of the merchant. */
    ObjectNode order = Json.object();

    final List<Refund> refunds = new ArrayList<>();

    Payment(String provider, String id, Instant createdAt) {
        this.provider = provider;
        this.id = id;
        this.createdAt = createdAt;
        this.changedAt = createdAt;
    }

    long refunded() {
        return refunds.stream().mapToLong(Refund::amount).sum();
    }

    long refundedTaxFree() {
        return refunds.stream().mapToLong(Refund::taxFree).sum();
    }

    long refundedVat() {
        return refunds.stream().mapToLong(Refund::vat).sum();
    }

    long cancellable() {
        return captured - refunded();
    }

    boolean isCaptured() {
        return state == State.PAID || state == State.PARTIAL_CANCELLED || state == State.CANCELLED;
    }

    /** The tax rule of both providers: one eleventh of what is taxed, rounded. */
    static long vatOf(long amount, long taxFree) {
        return Math.round((amount - taxFree) / 11.0);
    }

    void apply(ObjectNode event, Instant at) {
        changedAt = at;
        switch (event.path("type").asText()) {
            case "PRE_REGISTERED" -> register(event);
            case "OPENED" -> open(event);
            case "AUTHORIZED" -> {
                state = State.AUTHORIZED;
                order.set("pgToken", event.path("pgToken"));
            }
            case "CAPTURED" -> capture(event, at);
            case "DECLINED" -> {
                state = State.FAILED;
                failure = event.path("reason").asText();
            }
            case "QUIT" -> state = State.QUIT;
            case "REFUNDED" -> refund(event, at);
            default -> throw new IllegalStateException("unknown event " + event);
        }
    }

    private void register(ObjectNode event) {
        amount = event.path("amount").asLong();
        taxFree = event.path("taxFree").asLong();
        vat = vatOf(amount, taxFree);
        currency = event.path("currency").asText("KRW");
    }

    private void open(ObjectNode event) {
        register(event);
        vat = event.path("vat").asLong(vat);
        state = State.READY;
        transactionId = event.path("transactionId").asText();
        order = event.deepCopy();
    }

    private void capture(ObjectNode event, Instant at) {
        state = State.PAID;
        captured += event.path("amount").asLong();
        captures++;
        pgTxId = event.path("pgTxId").asText();
        paidAt = at;
    }

    private void refund(ObjectNode event, Instant at) {
        refunds.add(new Refund(
                event.path("cancellationId").asText(),
                event.path("amount").asLong(),
                event.path("taxFree").asLong(),
                event.path("vat").asLong(),
                event.path("reason").asText(),
                event.path("trigger").asText("API"),
                at));
        state = cancellable() == 0 ? State.CANCELLED : State.PARTIAL_CANCELLED;
    }
}
