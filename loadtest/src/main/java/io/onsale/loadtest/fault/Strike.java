package io.onsale.loadtest.fault;

import io.lettuce.core.RedisClient;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a fault has at hand: the victims, the provider's faults, the stores, and the seed's dice. */
record Strike(LocalStack stack, Victims victims, SplittableRandom random) {

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

    void flushScripts() {
        RedisClient client = RedisClient.create(stack.redisUri());
        try (var connection = client.connect()) {
            connection.sync().scriptFlush();
            Victims.say("SCRIPT FLUSH");
        } finally {
            client.shutdown();
        }
    }

    /** Something that no consumer can read. */
    void poison(String topic) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", stack.kafka());
        settings.put("key.serializer", StringSerializer.class.getName());
        settings.put("value.serializer", StringSerializer.class.getName());
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings)) {
            producer.send(new ProducerRecord<>(topic, "poison", "{ this is not an envelope"))
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
