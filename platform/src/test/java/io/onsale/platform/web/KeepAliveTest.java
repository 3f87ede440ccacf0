package io.onsale.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A server that stops reading a connection leaves requests without any answer: Reactor Netty 1.3.6 did so now and then. */
class KeepAliveTest {

    private static final String SLOW = "GET /slow HTTP/1.1\r\nHost: here\r\n\r\n";
    private static final String QUICK = "GET /quick HTTP/1.1\r\nHost: here\r\n\r\n";

    @Test
    void aConnectionGoesOnAfterARequestThatHadToWaitForAnother() throws IOException {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get(
                                "/slow",
                                (request, response) ->
                                        response.sendString(Mono.just("slow\n").delayElement(Duration.ofMillis(50))))
                        .get(
                                "/quick",
                                (request, response) ->
                                        response.header("Content-Length", "6").sendString(Mono.just("quick\n"))))
                .bindNow();
        try (Socket client = new Socket(server.host(), server.port())) {
            client.setSoTimeout(5_000);
            var answers = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            send(client, SLOW + QUICK);
            assertThat(until(answers, "slow")).isTrue();
            assertThat(until(answers, "quick")).isTrue();
            send(client, QUICK);
            assertThat(until(answers, "quick")).isTrue();
        } finally {
            server.disposeNow();
        }
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private static boolean until(BufferedReader answers, String expected) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.equals(expected)) {
                return true;
            }
        }
        return false;
    }
}
