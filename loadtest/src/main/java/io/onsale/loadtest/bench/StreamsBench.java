package io.onsale.loadtest.bench;

import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Ten thousand open streams of one line that moves by ten a second: how late the last of them hears of a tick, what the ticks cost,
 * and what a stream takes of memory. The gateway needs two descriptors for a stream; what it has not enough of goes directly to
 * queue-app, and the result says how many.
 */
final class StreamsBench implements Bench {

    private static final int STREAMS = 10_000;
    private static final int RATE = 10;
    /** People in front, so that those who stream wait throughout. */
    private static final int AHEAD = 1_200;

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration RUN = Duration.ofSeconds(60);
    /** Verified tokens are remembered for 20 s: those of people who have just entered are no part of an empty app. */
    private static final Duration UNTIL_FORGOTTEN = Duration.ofSeconds(25);

    private static final int DESCRIPTORS_FOR_OTHERS = 150;

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public String measures() {
        return "10,000 open streams: tick to last client, reads and encodings per tick, memory per stream";
    }

    @Override
    public Result run(Range range) {
        Stage stage = range.onSale(100, RATE);
        Operator operator = new Operator(range.stack());
        operator.pause(stage.eventId());
        List<Buyer> buyers = range.buyers(AHEAD + STREAMS);
        range.enter(stage, buyers);
        List<Buyer> streaming = buyers.subList(AHEAD, buyers.size());
        int through = Math.min(STREAMS, (freeDescriptors(range, "gateway") - DESCRIPTORS_FOR_OTHERS) / 2);
        try (StreamFleet fleet = new StreamFleet();
                Jvms queue = Jvms.of(range.stack(), range.instances("queue"));
                Jvm gateway = Jvm.of(range.stack(), "gateway")) {
            rehearse(range, stage, buyers);
            Jvm.Memory queueBefore = queue.live();
            Jvm.Memory gatewayBefore = gateway.live();
            long opening = System.nanoTime();
            fleet.open(range.stack().gateway(), stage.eventId(), streaming.subList(0, through));
            int openThrough = fleet.log().open();
            fleet.open(range.stack().queueApp(1), stage.eventId(), streaming.subList(through, STREAMS));
            double seconds = (System.nanoTime() - opening) / 1e9;
            int open = fleet.log().open();
            Range.say(String.format(
                    "%d streams open after %.0f s, refused: %s",
                    open, seconds, fleet.log().refusals()));
            operator.open(stage.eventId());
            Range.pause(WARM_UP);
            Watched watched = watch(range, fleet);
            Jvm.Memory queueLive = queue.live().minus(queueBefore);
            Jvm.Memory gatewayLive = gateway.live().minus(gatewayBefore);
            Result result =
                    judge(fleet.log(), watched, open, range.instances("queue").size());
            memory(result, "queue-app", queueLive, open, 24);
            memory(result, "gateway", gatewayLive, openThrough, 48);
            return result.context("streams through the gateway, directly", through + ", " + (STREAMS - through))
                    .context("opened", String.format("%.0f a second", open / seconds))
                    .cpu(watched.cpu());
        }
    }

    /** What happened in {@link #RUN}. */
    private record Watched(
            double ticks, double encodings, double exactReads, double seconds, Map<String, Double> cpu) {}

    private static Watched watch(Range range, StreamFleet fleet) {
        Processes processes = new Processes(range.stack());
        Map<String, Double> cpu = processes.cpuSeconds();
        List<String> instances = range.instances("queue");
        Meters before = Meters.of(range.stack(), instances);
        long began = System.nanoTime();
        fleet.log().measure(true);
        Range.pause(RUN);
        fleet.log().measure(false);
        Meters after = Meters.of(range.stack(), instances);
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Watched(
                grown(before, after, "onsale_queue_stream_ticks_total"),
                grown(before, after, "onsale_queue_stream_encodings_total"),
                grown(before, after, "onsale_queue_stream_exact_reads_total"),
                seconds,
                Processes.between(cpu, processes.cpuSeconds()));
    }

    private Result judge(FleetLog log, Watched watched, int open, int instances) {
        double delivered = log.delivered(instances);
        Histogram toLast = log.toLast();
        double encodings = watched.encodings / watched.ticks;
        double reads = watched.exactReads / watched.seconds;
        return new Result(name())
                .claim(
                        "streams open; refused before they asked again; still open at the end",
                        open + "; " + log.refusals() + "; " + log.open(),
                        STREAMS + " open",
                        open == STREAMS && log.open() == STREAMS)
                .claim(
                        "tick to last client, p99 of " + toLast.getTotalCount() + " ticks",
                        toLast.getValueAtPercentile(99) + " ms",
                        "<= 1,000 ms",
                        toLast.getTotalCount() > 0 && toLast.getValueAtPercentile(99) <= 1_000)
                .context(
                        "tick to last client, p50 / max",
                        toLast.getValueAtPercentile(50) + " / " + toLast.getMaxValue() + " ms")
                .claim(
                        "frames delivered of those due",
                        String.format("%.2f %%", delivered * 100),
                        ">= 99 %",
                        delivered >= 0.99)
                .claim("shared frames encoded per tick", String.format("%.2f", encodings), "<= 1", encodings <= 1)
                .claim("exact reads", String.format("%.0f a second", reads), "<= 200 a second", reads <= 200);
    }

    private static void memory(Result result, String app, Jvm.Memory live, int streams, int bar) {
        double each = live.kibibytesEach(Math.max(1, streams));
        String value = String.format(
                "%.1f KiB (heap %.1f, direct %.1f)",
                each,
                live.heapBytes() / 1024.0 / Math.max(1, streams),
                live.directBytes() / 1024.0 / Math.max(1, streams));
        result.claim("live memory per stream, " + app, value, "<= " + bar + " KiB", each <= bar);
    }

    private static double grown(Meters before, Meters after, String name) {
        return after.sum(name) - before.sum(name);
    }

    /** What the first streams load and make for all later ones is no stream's memory. */
    private static void rehearse(Range range, Stage stage, List<Buyer> buyers) {
        try (StreamFleet few = new StreamFleet()) {
            few.open(range.stack().gateway(), stage.eventId(), buyers.subList(0, 100));
            Range.pause(Duration.ofSeconds(3));
        }
        Range.pause(UNTIL_FORGOTTEN);
    }

    private static int freeDescriptors(Range range, String service) {
        Path pidFile = range.stack().directory().resolve("run").resolve(service + ".pid");
        try {
            Path process = Path.of("/proc", Files.readString(pidFile).strip().split("\\s", 2)[0]);
            int limit = Files.readAllLines(process.resolve("limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .mapToInt(
                            line -> Integer.parseInt(line.substring(26).strip().split("\\s+", 2)[0]))
                    .findFirst()
                    .orElse(1_024);
            try (Stream<Path> open = Files.list(process.resolve("fd"))) {
                return limit - (int) open.count();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
