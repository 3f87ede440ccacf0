package io.onsale.loadtest.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import jdk.management.jfr.FlightRecorderMXBean;

/**
 * More slices of a load beside the pairs: one for CPU and allocated bytes per answer, and one with flight recordings, which cost
 * something themselves, of what is allocated and where the CPU goes. The recordings stay in {@code .onsale/bench/}. Everything is
 * weighed before anything is recorded: a recording that ends makes its app compile much of its code again.
 */
final class Flight {

    private static final int MOST_NAMED = 5;
    private static final int PACKAGE_PARTS = 3;

    private final Range range;
    private final String what;
    private final List<String> services;
    private final Supplier<Volley> shots;
    private final Map<String, Double> bytesEach = new TreeMap<>();

    /** @param services whose allocation and recordings are wanted */
    Flight(Range range, String what, List<String> services, Supplier<Volley> shots) {
        this.range = range;
        this.what = what;
        this.services = services;
        this.shots = shots;
    }

    static Result report(Result result, Flight... flights) {
        for (Flight flight : flights) {
            flight.with(jvms -> flight.weigh(result, jvms));
        }
        for (Flight flight : flights) {
            flight.with(jvms -> flight.record(result, jvms));
        }
        return result;
    }

    private void with(Consumer<Map<String, Jvm>> work) {
        Map<String, Jvm> jvms = new LinkedHashMap<>();
        try {
            services.forEach(service -> jvms.put(service, Jvm.of(range.stack(), service)));
            work.accept(jvms);
        } finally {
            jvms.values().forEach(Jvm::close);
        }
    }

    private void record(Result result, Map<String, Jvm> jvms) {
        Map<String, Long> recordings = new LinkedHashMap<>();
        jvms.forEach((service, jvm) -> recordings.put(service, begin(jvm.flightRecorder())));
        Volley recorded = shots.get();
        Range.say(String.format("recorded %s: %.0f answers/s", what, recorded.perSecond()));
        jvms.forEach((service, jvm) -> {
            Seen seen = end(jvm.flightRecorder(), recordings.getOrDefault(service, 0L), service);
            String bytes = String.format("%.0f KiB per answer: ", bytesEach.getOrDefault(service, 0.0) / 1_024);
            result.context(what + ": " + service + " allocates", bytes + most(seen.allocated))
                    .context(what + ": " + service + " is busy in", most(seen.busy));
        });
    }

    private void weigh(Result result, Map<String, Jvm> jvms) {
        Processes processes = new Processes(range.stack());
        Map<String, Long> allocated = allocated(jvms);
        Map<String, Double> before = processes.cpuSeconds();
        Volley fired = shots.get();
        double answers = Math.max(1, fired.good());
        Map<String, Double> cpu = Processes.between(before, processes.cpuSeconds());
        allocated(jvms)
                .forEach((service, bytes) ->
                        bytesEach.put(service, (bytes - allocated.getOrDefault(service, 0L)) / answers));
        result.context(
                what + ": CPU per answer",
                cpu.entrySet().stream()
                        .filter(used -> used.getValue() > 0)
                        .map(used -> String.format("%s %.2f", used.getKey(), used.getValue() * 1_000 / answers))
                        .collect(Collectors.joining(", ", "", " ms; " + fired.endings())));
    }

    private static Map<String, Long> allocated(Map<String, Jvm> jvms) {
        Map<String, Long> bytes = new TreeMap<>();
        jvms.forEach((service, jvm) -> bytes.put(service, jvm.allocatedBytes()));
        return bytes;
    }

    private static long begin(FlightRecorderMXBean recorder) {
        long recording = recorder.newRecording();
        recorder.setPredefinedConfiguration(recording, "profile");
        recorder.startRecording(recording);
        return recording;
    }

    private Seen end(FlightRecorderMXBean recorder, long recording, String service) {
        try {
            Path directory = Files.createDirectories(range.stack().directory().resolve("bench"));
            Path file = directory.resolve((what + "-" + service).replaceAll("[^a-z0-9-]+", "-") + ".jfr");
            recorder.stopRecording(recording);
            recorder.copyTo(recording, file.toString());
            recorder.closeRecording(recording);
            Seen seen = new Seen(new TreeMap<>(), new TreeMap<>());
            RecordingFile.readAllEvents(file).forEach(seen::note);
            return seen;
        } catch (IOException e) {
            throw new UncheckedIOException("the recording of " + service + " cannot be read", e);
        }
    }

    /** Bytes by class, samples by the package of the method on top. */
    private record Seen(Map<String, Double> allocated, Map<String, Double> busy) {

        void note(RecordedEvent event) {
            switch (event.getEventType().getName()) {
                case "jdk.ObjectAllocationSample" -> {
                    RecordedClass type = event.getClass("objectClass");
                    allocated.merge(readable(type.getName()), (double) event.getLong("weight"), Double::sum);
                }
                case "jdk.ExecutionSample" -> {
                    RecordedStackTrace trace = event.getStackTrace();
                    if (trace != null && !trace.getFrames().isEmpty()) {
                        String type =
                                trace.getFrames().get(0).getMethod().getType().getName();
                        busy.merge(packageOf(type), 1.0, Double::sum);
                    }
                }
                default -> {
                    // Says nothing about this.
                }
            }
        }
    }

    private static String readable(String type) {
        return switch (type) {
            case "[B" -> "byte[]";
            case "[C" -> "char[]";
            case "[I" -> "int[]";
            case "[J" -> "long[]";
            default -> {
                String name = type.replaceFirst("^\\[+L(.*);$", "$1[]");
                yield name.substring(name.lastIndexOf('.') + 1);
            }
        };
    }

    private static String packageOf(String type) {
        String[] parts = type.split("\\.", -1);
        return List.of(parts).subList(0, Math.min(PACKAGE_PARTS, parts.length - 1)).stream()
                .collect(Collectors.joining("."));
    }

    private static String most(Map<String, Double> weights) {
        double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        return weights.entrySet().stream()
                .sorted((a, b) -> Double.compare(b.getValue(), a.getValue()))
                .limit(MOST_NAMED)
                .map(entry -> String.format("%s %.0f %%", entry.getKey(), entry.getValue() * 100 / all))
                .collect(Collectors.joining(", "));
    }
}
