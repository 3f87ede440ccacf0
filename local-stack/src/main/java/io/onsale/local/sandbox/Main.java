package io.onsale.local.sandbox;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Runs the payment providers' sandbox until it is asked to stop. Exit 64: a setting is wrong; 69: it could not start. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.println(Settings.USAGE);
            return;
        }
        Settings settings;
        try {
            settings = Settings.of(arguments, System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("sandbox: " + e.getMessage() + "\n\n" + Settings.USAGE);
            System.exit(64);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        try {
            Sandbox sandbox = Sandbox.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(sandbox, stopped), "sandbox-stop"));
            System.out.println("sandbox ready on port " + sandbox.port() + ", mail on port " + sandbox.smtpPort()
                    + ", ledger in " + settings.dataDirectory());
        } catch (RuntimeException e) {
            System.err.println("sandbox: could not start on the ports " + settings.port() + " and "
                    + settings.smtpPort() + ": " + e.getMessage());
            System.exit(69);
        }
        if (Boolean.parseBoolean(System.getenv("SANDBOX_ENDS_WITH_STDIN"))) {
            endWithParent();
        }
        stopped.await();
    }

    /** A parent that dies, however it dies, closes the pipe. */
    private static void endWithParent() {
        Thread watcher = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            continue;
                        }
                    } catch (IOException e) {
                        System.err.println("sandbox: " + e.getMessage());
                    }
                    System.exit(0);
                },
                "sandbox-parent-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void close(Sandbox sandbox, CountDownLatch stopped) {
        try {
            sandbox.close();
        } catch (IOException e) {
            System.err.println("sandbox: " + e.getMessage());
        } finally {
            stopped.countDown();
        }
    }
}
