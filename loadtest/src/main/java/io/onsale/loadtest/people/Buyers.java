package io.onsale.loadtest.people;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** Makes accounts that can shop but not log in: rows by COPY, tokens by the local key. No app has an endpoint for it. */
public final class Buyers {

    /** @param address what it sends as {@code X-Forwarded-For}, from a range that no real network uses */
    public record Buyer(int number, String userId, String accessToken, String address) {}

    private static final String COPY = """
            COPY accounts.users (id, name, role, status, email_verified, terms_version, terms_accepted_at)
            FROM STDIN WITH (FORMAT csv)""";

    private final LocalStack stack;

    public Buyers(LocalStack stack) {
        this.stack = stack;
    }

    public List<Buyer> make(int count) {
        Tokens tokens = Tokens.of(stack.signingKeys());
        TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
        List<String> userIds = IntStream.range(0, count)
                .mapToObj(i -> ids.generate().toString())
                .toList();
        write(userIds);
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> new Buyer(i, userIds.get(i), tokens.access(userIds.get(i), "BUYER"), address(i)))
                .toList();
    }

    private void write(List<String> userIds) {
        String rows = IntStream.range(0, userIds.size())
                .mapToObj(i -> userIds.get(i) + ",구매자 " + (i + 1) + ",BUYER,ACTIVE,true,load,now()\n")
                .collect(Collectors.joining());
        try (Connection connection = stack.postgres()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, new StringReader(rows));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot load buyers: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 198.18.0.0/15 is set aside for benchmarks (RFC 2544). */
    private static String address(int number) {
        int host = number % 131_070 + 1;
        return "198." + (18 + (host >> 16)) + "." + (host >> 8 & 255) + "." + (host & 255);
    }
}
