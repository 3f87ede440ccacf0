package io.onsale.local.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The process at the other end of a connection, looked for among the services of one directory of pid files. */
final class Sender {

    private final Path pidFiles;

    Sender(Path pidFiles) {
        this.pidFiles = pidFiles;
    }

    /** SIGKILL; the service's name, or empty when no service owns the connection. */
    Optional<String> kill(InetSocketAddress client, int proxyPort) throws IOException {
        Optional<String> inode = inode(client.getPort(), proxyPort);
        if (inode.isEmpty()) {
            return Optional.empty();
        }
        for (Path file : list(pidFiles)) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(".pid")) {
                long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
                if (owns(pid, "socket:[" + inode.get() + "]")) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                    return Optional.of(name.replace(".pid", ""));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inode(int localPort, int remotePort) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X", localPort);
        String remote = String.format(Locale.ROOT, ":%04X", remotePort);
        for (String table : List.of("tcp", "tcp6")) {
            Path path = Path.of("/proc/net", table);
            if (Files.exists(path)) {
                for (String line : Files.readAllLines(path)) {
                    String[] fields = line.strip().split("\\s+");
                    if (fields.length > 9 && fields[1].endsWith(local) && fields[2].endsWith(remote)) {
                        return Optional.of(fields[9]);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean owns(long pid, String socket) {
        try {
            for (Path file : list(Path.of("/proc", Long.toString(pid), "fd"))) {
                if (Files.isSymbolicLink(file)
                        && Files.readSymbolicLink(file).toString().equals(socket)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // it has just ended, or closed that file
        }
        return false;
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
