package io.onsale.local.stores;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Redis 7 with a password. */
public final class RedisServer extends Store implements RedisTarget {

    private final String password;

    RedisServer(Engine engine, int port, String password) {
        super(engine, port);
        this.password = password;
    }

    /** As a process of this machine; `durable` keeps an append-only file, synced every second. */
    public static RedisServer process(StoreHome home, int port, String password, boolean durable) {
        return new RedisServer(RedisCommand.engine(home, port, password, durable, List.of()), port, password);
    }

    /** As a node of a cluster; its own bus port keeps clear of other servers' ports. */
    static RedisServer node(StoreHome home, int port, int busPort, String password, boolean durable) {
        List<String> settings = List.of(
                "cluster-enabled yes",
                "cluster-port " + busPort,
                "cluster-node-timeout 2000",
                "repl-diskless-sync-delay 0");
        return new RedisServer(RedisCommand.engine(home, port, password, durable, settings), port, password);
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

    @Override
    public List<String> uris() {
        return List.of(uri());
    }

    @Override
    public boolean isCluster() {
        return false;
    }

    @Override
    public void wipe() {
        require("FLUSHALL SYNC");
        require("SCRIPT FLUSH SYNC");
    }

    /** Nobody listens there: it stays the replica of a master that it never sees, with the data it has. */
    @Override
    public void refuseWrites() {
        require("REPLICAOF 127.0.0.1 1");
    }

    @Override
    public void takeWrites() {
        require("REPLICAOF NO ONE");
    }

    @Override
    public void limitMemory(long bytes) {
        require("CONFIG SET maxmemory " + bytes);
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

    void require(String command) {
        try {
            String answer = say(command);
            if (!answer.startsWith("+OK")) {
                throw new StoreFailedException("Redis answered " + answer + " to " + command);
            }
        } catch (IOException e) {
            throw new StoreFailedException("Redis does not answer: " + e);
        }
    }

    /** The whole answer to one inline command, as it comes over the wire. */
    String ask(String command) {
        try {
            return exchange(command);
        } catch (IOException e) {
            throw new StoreFailedException("Redis does not answer: " + e);
        }
    }

    /** The first line of the answer. */
    private String say(String command) throws IOException {
        return exchange(command).split("\r\n", 2)[0];
    }

    private String exchange(String command) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port()), 1_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(("AUTH " + password + "\r\n" + command + "\r\nQUIT\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            String authenticated = "+OK\r\n";
            if (!all.startsWith(authenticated)) {
                throw new IOException("unexpected answer: " + all);
            }
            return all.substring(authenticated.length());
        }
    }
}
