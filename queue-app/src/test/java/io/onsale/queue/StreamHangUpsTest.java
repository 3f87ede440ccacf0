package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.platform.tokens.Role;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Clients that leave while their stream is being opened, or just after, leave nothing behind. */
class StreamHangUpsTest extends RunningQueue {
    private static final int CLIENTS = 300;
    private static final long LATER_EACH_NANOS = 40_000;

    @Autowired
    private MeterRegistry meters;

    @Test
    void nothingStaysOpenForWhoeverHasGone() throws IOException {
        onSale(Map.of("ratePerSecond", 0.01));
        control(Map.of("state", "PAUSED"));
        enter("stays");
        enter("leaves");
        await(() -> openStreams() == 0); // those of other tests
        try (Socket staying = open("stays")) {
            assertThat(staying.getInputStream().read()).isEqualTo('H');
            assertThat(openStreams()).isEqualTo(1);
            for (int i = 0; i < CLIENTS; i++) {
                try (Socket leaving = open("leaves")) {
                    leaving.setSoLinger(true, 0);
                    LockSupport.parkNanos(i * LATER_EACH_NANOS);
                }
            }
            await(() -> openStreams() == 1);
        }
        await(() -> openStreams() == 0);
    }

    private double openStreams() {
        return meters.get("onsale.queue.streams").gauge().value();
    }

    private Socket open(String user) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write(request(user));
        return socket;
    }

    /** As it comes from the gateway. */
    private byte[] request(String user) {
        String token = TicketingStandIn.accessToken(user(user), Role.BUYER);
        return ("GET /api/v1/queue/stream?eventId=" + eventId + " HTTP/1.1\r\nHost: line\r\nAuthorization: Bearer "
                        + token + "\r\nX-Forwarded-For: 198.51.100.7\r\nX-Forwarded-Host: line.example\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
