package io.onsale.loadtest.demo;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.Json;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.PatientApi;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.people.Buyers;
import io.onsale.loadtest.people.Buyers.Buyer;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./onsale stage}: a fresh event on sale and buyers with their tokens, in a file that k6, Gatling or a shell script reads. */
public final class StageCommand {

    private static final String USAGE = """
            ./onsale stage [options]: puts a fresh event on sale and writes it with its buyers to a file

              --buyers N      accounts, each with an access token for six hours (1000)
              --seats N       seats of the hall (500)
              --rate N        admissions a second; 0 for no waiting room (10)
              --opens-in S    seconds until the sale opens (5)
              --out FILE      readable by its owner only: it holds tokens (.onsale/stage.json)""";

    private StageCommand() {}

    public static int run(Arguments arguments) {
        if (arguments.flag("help")) {
            System.out.println(USAGE);
            return 0;
        }
        int buyers = arguments.number("buyers", 1_000, 1, 100_000);
        int seats = arguments.number("seats", 500, 1, 60_000);
        int rate = arguments.number("rate", 10, 0, 1_000);
        Duration opensIn = Duration.ofSeconds(arguments.number("opens-in", 5, 1, 86_400));
        LocalStack stack = LocalStack.find();
        Path file = Path.of(
                arguments.text("out", stack.directory().resolve("stage.json").toString()));
        arguments.refuseUnknown();

        List<Buyer> people = new Buyers(stack).make(buyers);
        Stage stage = putOnSale(stack, seats, rate, buyers, opensIn);
        write(file, described(stack, stage, people));
        System.out.printf("%s: event %s with %d seats, %d buyers%n", file, stage.eventId(), seats, buyers);
        return 0;
    }

    private static Stage putOnSale(LocalStack stack, int seats, int rate, int buyers, Duration opensIn) {
        try (Api api = new Api(new Steps(), 1)) {
            return Objects.requireNonNull(new Seller(stack, new PatientApi(api, Duration.ofMinutes(1)))
                    .putOnSale(seats, rate, Math.max(buyers, 1_000), opensIn)
                    .block(Duration.ofMinutes(2)));
        }
    }

    private static ObjectNode described(LocalStack stack, Stage stage, List<Buyer> people) {
        ObjectNode node = Json.object()
                .put("api", stack.gateway() + "/api/v1")
                .put("eventId", stage.eventId())
                .put("performanceId", stage.performanceId())
                .put("opensAt", stage.opensAt().toString());
        node.set("seatIds", Json.array(stage.seatIds()));
        ArrayNode buyers = node.putArray("buyers");
        people.forEach(
                buyer -> buyers.addObject().put("token", buyer.accessToken()).put("address", buyer.address()));
        return node;
    }

    private static void write(Path file, ObjectNode node) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, node.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
