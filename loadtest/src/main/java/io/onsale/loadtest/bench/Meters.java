package io.onsale.loadtest.bench;

import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What a service tells of itself on its management port. */
final class Meters {

    private final String text;

    private Meters(String text) {
        this.text = text;
    }

    /** Of all instances of an app. */
    static Meters of(LocalStack stack, List<String> instances) {
        return new Meters(instances.stream()
                .map(instance -> of(stack.management(instance)).text)
                .collect(Collectors.joining("\n")));
    }

    private static Meters of(String managementUrl) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(managementUrl + "/actuator/prometheus"))
                .build();
        try {
            return new Meters(HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The sum over all tags. */
    double sum(String name) {
        double[] values = text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toArray();
        if (values.length == 0) {
            throw new Complaint("no app has a meter " + name);
        }
        return DoubleStream.of(values).sum();
    }
}
