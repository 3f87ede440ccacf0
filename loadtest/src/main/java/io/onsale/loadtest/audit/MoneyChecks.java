package io.onsale.loadtest.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Invariant 3: what the provider took and gave back, what we wrote down, and what buyers got for it. */
final class MoneyChecks {

    private final Rows rows;
    private final Scope scope;
    private final ProviderBooks provider;

    MoneyChecks(Rows rows, Scope scope, ProviderBooks provider) {
        this.rows = rows;
        this.scope = scope;
        this.provider = provider;
    }

    /** One payment of ours. {@code worth}: the price of the seats that it pays for now. */
    private record Ours(
            String id, String provider, long captured, long refunded, long fees, long worth, long tickets) {}

    List<Finding> all() {
        Map<String, Ours> ours = ours();
        List<Finding> findings = new ArrayList<>(List.of(
                providerAgrees(ours),
                keptMoneyIsBookings(ours),
                bookingsHaveTickets(),
                bookingsAreTickets(ours),
                returnsAreDecided(),
                ledgerBalances(),
                ledgerAgreesWithProvider(ours)));
        if (scope.eventId().isEmpty()) {
            findings.add(providerIsKnown(ours));
        }
        return findings;
    }

    private Map<String, Ours> ours() {
        Map<String, Ours> payments = new LinkedHashMap<>();
        String sql = """
                select p.id, p.provider, p.captured, p.refunded,
                       coalesce((select sum(f.fee) from payments.refunds f
                                  where f.payment_id = p.id and f.state = 'SUCCEEDED'), 0) as fees,
                       coalesce((select sum(c.amount) from reservations.reservations r
                                   join reservations.claims c on c.reservation_id = r.id and c.live
                                  where r.payment_id = p.id and r.status = 'CONFIRMED'), 0) as worth,
                       (select count(*) from reservations.reservations r
                          join tickets.tickets t on t.reservation_id = r.id and t.status in ('VALID', 'USED', 'TRANSFERRED')
                         where r.payment_id = p.id and r.status = 'CONFIRMED') as tickets
                  from payments.payments p where """ + " " + scope.on("p.event_id");
        for (Map<String, Object> row : rows.of(sql)) {
            Ours payment = new Ours(
                    String.valueOf(row.get("id")),
                    String.valueOf(row.get("provider")),
                    number(row, "captured"),
                    number(row, "refunded"),
                    number(row, "fees"),
                    number(row, "worth"),
                    number(row, "tickets"));
            payments.put(payment.id, payment);
        }
        return payments;
    }

    private static long number(Map<String, Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }

    private Finding providerAgrees(Map<String, Ours> ours) {
        List<String> breaches = new ArrayList<>();
        for (Ours payment : ours.values()) {
            ProviderBooks.Entry entry = provider.entries().get(payment.id);
            long captured = entry == null ? 0 : entry.captured();
            long refunded = entry == null ? 0 : entry.refunded();
            boolean late = entry == null || isPast(entry);
            if (!payment.provider.equals("FREE")
                    && late
                    && (captured != payment.captured || refunded != payment.refunded)) {
                breaches.add(payment.id + ": the provider took " + captured + " and gave back " + refunded
                        + ", we wrote " + payment.captured + " and " + payment.refunded);
            }
        }
        return Finding.of("3 money", "payments on which the provider's books and ours differ", ours.size(), breaches)
                .repairedBy("ask the provider again about each of them (payments.next_check_at = now)");
    }

    private Finding providerIsKnown(Map<String, Ours> ours) {
        List<String> breaches = provider.entries().values().stream()
                .filter(entry -> entry.kept() > 0 && isPast(entry) && !ours.containsKey(entry.id()))
                .map(entry -> entry.id() + ": " + entry.kept() + " won that nobody here knows of")
                .toList();
        return Finding.of(
                "3 money",
                "captures for which there is no payment",
                provider.entries().size(),
                breaches);
    }

    /** Everything the provider keeps for us buys seats that are confirmed, or is a cancellation fee. */
    private Finding keptMoneyIsBookings(Map<String, Ours> ours) {
        List<String> breaches = new ArrayList<>();
        long looked = 0;
        for (Ours payment : ours.values()) {
            ProviderBooks.Entry entry = provider.entries().get(payment.id);
            long kept = entry == null ? 0 : entry.kept();
            looked += entry == null ? 0 : 1;
            if (kept != payment.worth + payment.fees
                    && !payment.provider.equals("FREE")
                    && (entry == null || isPast(entry))) {
                breaches.add(payment.id + ": " + kept + " won kept for seats worth " + payment.worth + " and fees of "
                        + payment.fees);
            }
        }
        return Finding.of("3 money", "captures that are neither a confirmed booking nor given back", looked, breaches)
                .repairedBy("ask the provider again about each of them (payments.next_check_at = now)");
    }

    private Finding bookingsHaveTickets() {
        return Finding.of(
                "3 money",
                "confirmed bookings whose number of good tickets differs from their seats",
                rows.number("select count(*) from reservations.reservations r where r.status = 'CONFIRMED' and "
                        + scope.on("r.event_id")),
                rows.of("""
                                select r.id, (select count(*) from reservations.claims c
                                               where c.reservation_id = r.id and c.live) as seats,
                                       (select count(*) from tickets.tickets t where t.reservation_id = r.id
                                           and t.status in ('VALID', 'USED', 'TRANSFERRED')) as tickets
                                  from reservations.reservations r
                                 where r.status = 'CONFIRMED' and r.confirmed_at < clock_timestamp() - %s and %s""".formatted(scope.boundSql(), scope.on("r.event_id"))).stream()
                        .filter(row -> number(row, "seats") != number(row, "tickets"))
                        .map(Map::toString)
                        .toList());
    }

    /** The sums of what has come to rest. */
    private Finding bookingsAreTickets(Map<String, Ours> ours) {
        long kept = 0;
        long worth = 0;
        long tickets = 0;
        for (Ours payment : ours.values()) {
            ProviderBooks.Entry entry = provider.entries().get(payment.id);
            if (entry == null || isPast(entry)) {
                kept += entry == null ? 0 : entry.kept();
                worth += payment.worth + payment.fees;
                tickets += payment.tickets;
            }
        }
        String sums = String.format("money in %,d won = %d tickets and fees worth %,d won", kept, tickets, worth);
        return Finding.of("3 money", sums, ours.size(), kept == worth ? List.of() : List.of(sums));
    }

    /** Of money that a provider gave back by hand, nobody has said yet which tickets it was for. */
    private Finding returnsAreDecided() {
        return Finding.of(
                "3 money",
                "money returned by hand that waits for somebody's decision",
                rows.number("select count(*) from checkout.returns where " + scope.on("event_id")),
                rows.of("""
                                select refund_id, payment_id, amount, question from checkout.returns
                                 where settled_at is null and noticed_at < clock_timestamp() - %s and %s""".formatted(scope.boundSql(), scope.on("event_id"))).stream()
                        .map(Map::toString)
                        .toList());
    }

    private Finding ledgerBalances() {
        return Finding.of(
                "3 money",
                "postings of our ledger that do not sum to zero",
                rows.number("select count(distinct posting) from payments.ledger"),
                rows.of("select posting, sum(amount) from payments.ledger group by 1 having sum(amount) <> 0").stream()
                        .map(Map::toString)
                        .toList());
    }

    private Finding ledgerAgreesWithProvider(Map<String, Ours> ours) {
        Map<String, Long> booked = new LinkedHashMap<>();
        rows.of(
                        "select payment_id, sum(amount) as held from payments.ledger where account like 'provider:%' group by 1")
                .forEach(row -> booked.put(String.valueOf(row.get("payment_id")), number(row, "held")));
        List<String> breaches = new ArrayList<>();
        for (Ours payment : ours.values()) {
            ProviderBooks.Entry entry = provider.entries().get(payment.id);
            if (entry != null && isPast(entry) && Math.abs(booked.getOrDefault(payment.id, 0L)) != entry.kept()) {
                breaches.add(payment.id + ": the provider keeps " + entry.kept() + ", our ledger says "
                        + booked.getOrDefault(payment.id, 0L));
            }
        }
        return Finding.of(
                "3 money", "payments whose ledger differs from what the provider keeps", ours.size(), breaches);
    }

    private boolean isPast(ProviderBooks.Entry entry) {
        return entry.changedAt().isBefore(Instant.now().minus(scope.bound()));
    }
}
