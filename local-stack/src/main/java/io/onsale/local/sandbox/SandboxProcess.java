package io.onsale.local.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox as a child process on a free port, for tests: {@code SandboxProcess.start(webhookUrl)}. It ends with this JVM; {@link
 * #kill} and {@link #restart} keep its ledger and its port.
 */
public final class SandboxProcess implements AutoCloseable {

    public static final String API_SECRET = "sandbox-api-secret-for-tests";
    public static final String WEBHOOK_SECRET = "whsec_c2FuZGJveC13ZWJob29rLXNlY3JldC1mb3ItdGVzdHM=";
    public static final String KAKAOPAY_SECRET_KEY = "sandbox-kakaopay-key-for-tests";
    public static final String STORE_ID = "store-onsale-local";
    public static final String CHANNEL_KEY = "channel-key-onsale-local";
    public static final String CID = "TC0ONETIME";

    private final Path directory;
    private final String webhookUrl;
    private int port;
    private int smtpPort;
    private @Nullable Process process;

    private SandboxProcess(Path directory, String webhookUrl) {
        this.directory = directory;
        this.webhookUrl = webhookUrl;
    }

    /** Starts one with an empty ledger in a temporary directory. */
    public static SandboxProcess start(String webhookUrl) {
        try {
            Path directory = Files.createTempDirectory("onsale-sandbox");
            Path secrets = Files.createDirectories(directory.resolve("secrets"));
            Files.writeString(secrets.resolve("onsale.portone.api-secret"), API_SECRET);
            Files.writeString(secrets.resolve("onsale.portone.webhook-secrets"), WEBHOOK_SECRET);
            Files.writeString(secrets.resolve("onsale.kakaopay.secret-key"), KAKAOPAY_SECRET_KEY);
            SandboxProcess sandbox = new SandboxProcess(directory, webhookUrl);
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-close"));
            sandbox.launch();
            return sandbox;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String baseUrl() {
        return "http://localhost:" + port;
    }

    /** Where it takes mail; {@code GET /mails} shows it. */
    public int smtpPort() {
        return smtpPort;
    }

    /** SIGKILL, as a crash would. */
    public void kill() {
        Process current = process;
        if (current != null) {
            current.destroyForcibly();
            await(current);
        }
    }

    /** Starts again on the same ports with the same ledger; caught mail is forgotten. */
    public void restart() {
        kill();
        launch();
    }

    @Override
    public void close() {
        kill();
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            directory.toFile().deleteOnExit();
        }
    }

    private void launch() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("SANDBOX_ENDS_WITH_STDIN", "true");
            Process started = builder.start();
            process = started;
            awaitPort(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() throws IOException {
        Path classes;
        try {
            classes = Path.of(SandboxProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IOException(e);
        }
        Path lib = java.util.Objects.requireNonNull(classes.getParent()).resolve("lib");
        String separator = java.io.File.pathSeparator;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes + separator + lib + "/*",
                Main.class.getName()));
        command.add("--port=" + port);
        command.add("--smtp-port=" + smtpPort);
        command.add("--data=" + directory.resolve("data"));
        command.add("--secrets=" + directory.resolve("secrets"));
        command.add("--webhook-url=" + webhookUrl);
        command.add("--webhook-minute-millis=200");
        return command;
    }

    /** The first line names the ports; later ones are nobody's. */
    private void awaitPort(Process started) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null || !line.startsWith("sandbox ready on port ")) {
            await(started);
            throw new IllegalStateException("the sandbox did not start: " + line);
        }
        String ports = "^sandbox ready on port (\\d+), mail on port (\\d+),.*";
        port = Integer.parseInt(line.replaceFirst(ports, "$1"));
        smtpPort = Integer.parseInt(line.replaceFirst(ports, "$2"));
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(Duration.ofSeconds(20).toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the sandbox did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
