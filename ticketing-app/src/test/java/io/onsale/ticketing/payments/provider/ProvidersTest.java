package io.onsale.ticketing.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.onsale.ticketing.payments.Payments.Order;
import io.onsale.ticketing.payments.Provider;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.model.Truth;
import io.onsale.ticketing.payments.provider.PaymentProvider.Refund;
import io.onsale.ticketing.payments.provider.PaymentProvider.Refunded;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that providers document and that the sandbox has no way to give. */
class ProvidersTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Instant NOON = Instant.parse("2026-11-01T03:00:00Z");

    /** A refund whose answer is looked for, after one that the provider had refused. */
    private static final Refund REFUND = new Refund("r-1", 0, 50_000, 100_000, "BUYER_CANCELLED");

    private record Scripted(int status, String body) {}

    private final Deque<Scripted> answers = new ArrayDeque<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                Scripted answer = answers.size() > 1 ? answers.remove() : answers.element();
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private ProviderHttp http() {
        var settings = new ProviderCallSettings(LIMIT, 4, 2, 50, Duration.ofMinutes(1), 10);
        return new ProviderHttp(
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "key",
                new GuardedCalls("test", settings, new SimpleMeterRegistry()));
    }

    private PaymentProvider portOne() {
        ProviderHttp http = http();
        return new PortOneProvider(
                http, http, new PortOneSettings("http://unused", "store", "channel", "secret", List.of(), null));
    }

    private PaymentProvider kakaoPay() {
        ProviderHttp http = http();
        return new KakaoPayProvider(
                http, http, new KakaoPaySettings("http://unused", "TC0ONETIME", "secret", "http://unused"));
    }

    private static Payment paid(Provider provider) {
        Payment ready = Payment.ready("p-1", new Order("r", "e", "u", "Concert x 2", 100_000, provider, null), NOON);
        return ready.settle(new Truth.Captured(100_000, 0, "T123", NOON), ready.checks(), NOON);
    }

    private Refunded refund(PaymentProvider provider, Scripted... scripted) {
        answers.clear();
        answers.addAll(List.of(scripted));
        return provider.refund(paid(provider.name()), REFUND).block(LIMIT);
    }

    private static Scripted ok(String body) {
        return new Scripted(200, body.replace('\'', '"'));
    }

    private static Scripted refused(String body) {
        return new Scripted(409, body.replace('\'', '"'));
    }

    private static Scripted cancellations(String... statuses) {
        StringBuilder list = new StringBuilder();
        for (String status : statuses) {
            list.append(list.isEmpty() ? "" : ",")
                    .append("{'id': 'c-%s', 'status': '%s', 'reason': 'BUYER_CANCELLED [r-1]'}"
                            .formatted(status, status));
        }
        return ok(
                "{'status': 'PARTIAL_CANCELLED', 'cancellations': [{'id': 'x', 'status': 'SUCCEEDED', 'reason': 'other"
                        + " [r-0]'}" + (statuses.length == 0 ? "" : ",") + list + "]}");
    }

    @Test
    void onlyWhatSucceededAtPortOneIsDone() {
        Scripted no = refused("{'type': 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN'}");
        assertThat(refund(portOne(), no, cancellations("SUCCEEDED"))).isEqualTo(new Refunded.Done("c-SUCCEEDED"));
        assertThat(refund(portOne(), no, cancellations("FAILED", "SUCCEEDED")))
                .isEqualTo(new Refunded.Done("c-SUCCEEDED"));
        assertThat(refund(portOne(), no, cancellations("FAILED"))).isInstanceOf(Refunded.Refused.class);
        assertThat(refund(portOne(), no, cancellations("FAILED", "REQUESTED"))).isInstanceOf(Refunded.Later.class);
        assertThat(refund(portOne(), no, cancellations())).isInstanceOf(Refunded.Refused.class);
    }

    /** What was in work is asked for by the same key, and answered as the first time, whatever became of it. */
    @Test
    void whatPortOneHadInWorkIsFoundWhenItIsDone() {
        Scripted inWork = ok("{'cancellation': {'id': 'c', 'status': 'REQUESTED'}}");
        assertThat(refund(portOne(), inWork, cancellations("REQUESTED"))).isInstanceOf(Refunded.Later.class);
        assertThat(refund(portOne(), inWork, cancellations())).isInstanceOf(Refunded.Later.class);
        assertThat(refund(portOne(), inWork, cancellations("SUCCEEDED"))).isEqualTo(new Refunded.Done("c-SUCCEEDED"));
    }

    @Test
    void aLookThatWasNotAnsweredProvesNothing() {
        Scripted no = refused("{'type': 'PAYMENT_ALREADY_CANCELLED'}");
        assertThat(refund(portOne(), no, new Scripted(401, "{\"type\": \"UNAUTHORIZED\"}")))
                .isInstanceOf(Refunded.Later.class);
        assertThat(refund(portOne(), no, new Scripted(502, "{\"type\": \"PG_PROVIDER\"}")))
                .isInstanceOf(Refunded.Later.class);
        Scripted kakaoNo = new Scripted(400, "{\"error_code\": -710, \"error_message\": \"more than available\"}");
        assertThat(refund(kakaoPay(), kakaoNo, new Scripted(400, "{\"error_code\": -798, \"error_message\": \"IP\"}")))
                .isInstanceOf(Refunded.Later.class);
    }

    @Test
    void kakaoPaysPayloadTellsOursFromWhatWasDoneByHand() {
        Scripted no = new Scripted(400, "{\"error_code\": -710, \"error_message\": \"more than available\"}");
        String order =
                "{'status': 'PART_CANCEL_PAYMENT', 'canceled_amount': {'total': 50000}, 'payment_action_details': ["
                        + "{'aid': 'A1', 'payment_action_type': 'PAYMENT', 'amount': 100000}, {'aid': 'A2', 'payment_action_type':"
                        + " 'CANCEL', 'amount': 50000%s}]}";
        assertThat(refund(kakaoPay(), no, ok(order.formatted("")))).isInstanceOf(Refunded.Refused.class);
        assertThat(refund(kakaoPay(), no, ok(order.formatted(", 'payload': 'r-1'"))))
                .isEqualTo(new Refunded.Done("A2"));
    }

    /** Whoever asks too often must ask less often, and not stop asking. */
    @Test
    void tooManyRequestsDoNotOpenTheBreaker() {
        answers.add(new Scripted(429, "{}"));
        PaymentProvider provider = portOne();
        Payment payment = paid(Provider.PORTONE);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> provider.lookup(payment).block(LIMIT)).hasMessageContaining("429");
        }
        answers.clear();
        answers.add(ok("{'status': 'READY'}"));
        assertThat(provider.confirm(payment, Map.of()).block(LIMIT)).isEqualTo(new Truth.Open());
    }
}
