package io.onsale.queue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears every command that Redis gets from its clients (MONITOR); what scripts do inside is none of them. */
public final class CommandEar implements AutoCloseable {
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    /** At one server, or at all nodes of a cluster. */
    public static CommandEar at(List<String> uris) {
        CommandEar ear = new CommandEar();
        uris.forEach(uri -> ear.listen(URI.create(uri)));
        return ear;
    }

    /** Commands so far in which this text occurs. The text of a script, sent once to a server that does not know it yet, is none. */
    public List<String> of(String text) {
        return commands.stream()
                .filter(command -> command.contains(text) && !command.contains("\"EVAL\""))
                .toList();
    }

    void forget() {
        commands.clear();
    }

    private void listen(URI uri) {
        try {
            Socket socket = new Socket(uri.getHost(), uri.getPort());
            connections.add(socket);
            String password = uri.getUserInfo().substring(uri.getUserInfo().indexOf(':') + 1);
            socket.getOutputStream()
                    .write(("AUTH " + password + "\r\nMONITOR\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String answer : List.of(lines.readLine(), lines.readLine())) {
                if (!answer.equals("+OK")) {
                    throw new IllegalStateException(answer);
                }
            }
            Thread reader = new Thread(() -> read(lines), "command-ear");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.contains(" lua] ")) {
                    commands.add(line);
                }
            }
        } catch (IOException closed) {
            // The end.
        }
    }

    @Override
    public void close() {
        connections.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
