package io.onsale.local.launch;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Stands for an app in tests of the launcher: answers on a port, or dies as it starts. */
public final class FakeApp {

    private FakeApp() {}

    public static void main(String[] args) throws IOException {
        if (args.length > 1) {
            System.out.println(
                    "{\"log\":{\"level\":\"ERROR\"},\"message\":\"cannot start\",\"error\":{\"message\":\"no " + args[1]
                            + "\"}}");
            System.exit(3);
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
