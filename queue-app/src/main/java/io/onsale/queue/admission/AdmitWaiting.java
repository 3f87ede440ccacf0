package io.onsale.queue.admission;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.sales.Availability;
import io.onsale.queue.sales.Sale;
import io.onsale.queue.waiting.KeptControl;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import io.onsale.queue.waiting.WaitingSettings;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** {@code admit_waiting.lua}: one metered tick of admission. */
final class AdmitWaiting {
    private static final LuaScript SCRIPT = LuaScript.load(AdmitWaiting.class, "admit_waiting.lua");
    private static final String MOST_READ = "1000";

    private final Scripts scripts;
    private final AdmissionSettings settings;
    private final WaitingSettings waiting;
    private final KeptControl kept;

    AdmitWaiting(Scripts scripts, AdmissionSettings settings, WaitingSettings waiting, KeptControl kept) {
        this.scripts = scripts;
        this.settings = settings;
        this.waiting = waiting;
        this.kept = kept;
    }

    /**
     * Admits who is due.
     *
     * @param share of the set rate, 0..1: the brake
     * @param slotGraceMillis how long ended passes keep their slot
     * @param cursor admissions after it are read; empty = none are
     */
    Mono<Tick> run(Line line, double share, long slotGraceMillis, String cursor) {
        Sale sale = line.sale();
        Sale.Room room = line.room();
        double burst = room.ratePerSecond() * settings.burst().toMillis() / 1000.0;
        return scripts.run(
                        SCRIPT,
                        line.keys(),
                        "",
                        Long.toString(line.newestEpoch()),
                        waiting.recoveryPauseMillis(),
                        Double.toString(room.ratePerSecond()),
                        Double.toString(burst),
                        Integer.toString(room.cap()),
                        Long.toString(room.passMillis()),
                        Long.toString(sale.opensAtMillis()),
                        Long.toString(sale.closesAtMillis()),
                        room.mode().name(),
                        Long.toString(waiting.silenceMillis()),
                        Long.toString(slotGraceMillis),
                        restraint(line),
                        Double.toString(share),
                        Integer.toString(settings.largestBatch()),
                        cursor,
                        MOST_READ,
                        Integer.toString(room.capacity()),
                        Long.toString(kept.versionOf(line)))
                .map(answer -> read(line, answer, cursor));
    }

    /** Whether to admit nobody; and while it is not known whether to, what accrues is left to instances that know. */
    private String restraint(Line line) {
        if (!kept.isKnown()) {
            return "2";
        }
        Availability seats = line.seats();
        return line.isEnded() || seats != null && seats.isAllHeld() ? "1" : "0";
    }

    private static Tick read(Line line, List<Object> answer, String cursor) {
        LineFacts facts = line.heard(LineFacts.parse((List<?>) answer.get(0), 0));
        List<?> entries = (List<?>) answer.get(7);
        List<Admission> admissions = new ArrayList<>(entries.size());
        String last = cursor;
        for (Object each : entries) {
            List<?> entry = (List<?>) each;
            last = (String) entry.get(0);
            admissions.add(Admission.parse(entry, 1));
        }
        return new Tick(
                facts,
                (Long) answer.get(1),
                Long.parseLong((String) answer.get(2)),
                Long.parseLong((String) answer.get(3)),
                Long.parseLong((String) answer.get(4)),
                Long.parseLong((String) answer.get(5)),
                Long.parseLong((String) answer.get(6)),
                last,
                admissions,
                Long.parseLong((String) answer.get(8)));
    }
}
