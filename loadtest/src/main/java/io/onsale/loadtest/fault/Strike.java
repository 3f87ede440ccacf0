package io.onsale.loadtest.fault;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.onsale.loadtest.demo.Seller;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.PatientApi;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a fault has at hand: the victims, the provider's faults, the stores, and the seed's dice. */
record Strike(LocalStack stack, Victims victims, SplittableRandom random, AtomicReference<String> event) {
    /** The key of what no consumer can read. */
    static final String POISON = "poison";

    String crowdsEvent() {
        return Objects.requireNonNull(event.get());
    }

    /** Into the middle of things: some moments after the crowd has arrived, by the seed. */
    void waitForTheMiddle() {
        Victims.sleep(Duration.ofMillis(3_000 + random.nextLong(3_000)));
    }

    void provider(String fault) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.sandbox() + "/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(fault))
                .build();
        if (send(request) != 201) {
            throw new IllegalStateException("the sandbox does not know this fault: " + fault);
        }
        Victims.say("provider: " + fault);
    }

    void providerWell() {
        send(HttpRequest.newBuilder(URI.create(stack.sandbox() + "/faults"))
                .DELETE()
                .build());
    }

    void redis(Consumer<RedisCommands<String, String>> work) {
        RedisClient client = RedisClient.create(stack.redisUri());
        try (var connection = client.connect()) {
            work.accept(connection.sync());
        } finally {
            client.shutdown();
        }
    }

    Proxy proxy() {
        return new Proxy(stack);
    }

    /** Any instance of an app, by the seed. */
    String any(String app) {
        List<String> instances = victims.instances(app);
        return instances.get(random.nextInt(instances.size()));
    }

    /** What EVALSHA names a script by. */
    String scriptDigest(String app, String file) {
        Path directory = Objects.requireNonNull(stack.directory().getParent()).resolve(app + "/src/main/resources/lua");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest(script(directory, file).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String script(Path directory, String file) {
        try (Stream<String> lines = Files.lines(directory.resolve(file))) {
            return lines.map(line -> line.startsWith("--#include ")
                            ? script(
                                    directory,
                                    line.substring("--#include ".length()).strip())
                            : line + "\n")
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An event beside the crowd's, whose seats can be held without a pass. */
    Stage eventOfItsOwn(int seats) {
        try (Api api = new Api(new Steps(), 4)) {
            Stage stage = Objects.requireNonNull(new Seller(stack, new PatientApi(api, Duration.ofMinutes(1)))
                    .putOnSale(seats, 0, 1, Duration.ofSeconds(2))
                    .block(Duration.ofMinutes(2)));
            Victims.sleep(Duration.ofSeconds(3));
            return stage;
        }
    }

    /**
     * Member of a consumer group for a while: its partitions move, what it read unfinished comes again elsewhere. Tells whether any of
     * them came here.
     */
    boolean joinGroup(String group, String topic, Duration duration) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", stack.kafka());
        settings.put("group.id", group);
        settings.put("enable.auto.commit", "false");
        settings.put("key.deserializer", StringDeserializer.class.getName());
        settings.put("value.deserializer", StringDeserializer.class.getName());
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
            consumer.subscribe(List.of(topic));
            long end = System.nanoTime() + duration.toNanos();
            boolean came = false;
            while (System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200));
                came |= !consumer.assignment().isEmpty();
            }
            return came;
        }
    }

    /** Something that no consumer can read. */
    void poison(String topic) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", stack.kafka());
        settings.put("key.serializer", StringSerializer.class.getName());
        settings.put("value.serializer", StringSerializer.class.getName());
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings)) {
            producer.send(new ProducerRecord<>(topic, POISON, "{ this is not an envelope"))
                    .get();
            Victims.say("poison into " + topic);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refused the poison", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int send(HttpRequest request) {
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new IllegalStateException("the sandbox does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
