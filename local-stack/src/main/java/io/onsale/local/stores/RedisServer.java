package io.onsale.local.stores;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Redis 7 with a password. */
public final class RedisServer extends Store {

    private final String password;

    RedisServer(Engine engine, int port, String password) {
        super(engine, port);
        this.password = password;
    }

    /** As a process of this machine; `durable` keeps an append-only file, synced every second. */
    public static RedisServer process(StoreHome home, int port, String password, boolean durable) {
        return new RedisServer(RedisCommand.engine(home, port, password, durable), port, password);
    }

    public String uri() {
        return "redis://:" + password + "@" + host() + ":" + port();
    }

    /** Without the password, which is given apart. */
    public String address() {
        return "redis://" + host() + ":" + port();
    }

    public String password() {
        return password;
    }

    /** Every key and every script gone; the server keeps running. */
    public void wipe() {
        require("FLUSHALL SYNC");
        require("SCRIPT FLUSH SYNC");
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public boolean answers() {
        try {
            return say("PING").startsWith("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    private void require(String command) {
        try {
            String answer = say(command);
            if (!answer.startsWith("+OK")) {
                throw new StoreFailedException("Redis answered " + answer + " to " + command);
            }
        } catch (IOException e) {
            throw new StoreFailedException("Redis does not answer: " + e);
        }
    }

    /** One inline command after AUTH; the first line of its answer. */
    private String say(String command) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port()), 1_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(("AUTH " + password + "\r\n" + command + "\r\nQUIT\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            String[] lines = all.split("\r\n");
            if (lines.length < 2 || !lines[0].equals("+OK")) {
                throw new IOException("unexpected answer: " + all);
            }
            return lines[1];
        }
    }
}
