package io.onsale.local.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code --control=PORT --run=DIRECTORY --link=NAME:PORT:TARGET ...}. The control port takes {@code PUT /links/NAME} (weather),
 * {@code POST /traps}, {@code GET /traps} and {@code DELETE /}, which puts everything right again.
 */
public final class Main {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Link> links;

    private Main(List<Link> links) {
        this.links = links;
    }

    public static void main(String[] arguments) throws IOException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        List<Link> links = new ArrayList<>();
        int control = 0;
        Path run = Path.of("");
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--control=")) {
                control = Integer.parseInt(value);
            } else if (argument.startsWith("--run=")) {
                run = Path.of(value);
            } else if (argument.startsWith("--link=")) {
                String[] parts = value.split(":", 3);
                links.add(new Link(
                        parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), loops, new Sender(run)));
            }
        }
        links.forEach(Link::listen);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), control), 0);
        server.createContext("/", new Main(links)::handle);
        server.start();
        System.out.println("proxy ready, control on port " + control);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status;
            String body = "{}";
            try {
                JsonNode json = JSON.readTree(exchange.getRequestBody().readAllBytes());
                String call = exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getPath();
                if (call.equals("GET /traps")) {
                    body = traps().toString();
                } else if (!call.equals("GET /health")) {
                    change(call, json);
                }
                status = 200;
            } catch (IllegalArgumentException e) {
                status = 400;
                body = JSON.createObjectNode()
                        .put("message", String.valueOf(e.getMessage()))
                        .toString();
            }
            byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void change(String call, JsonNode json) {
        if (call.startsWith("PUT /links/")) {
            named(call.substring("PUT /links/".length())).becomes(Weather.of(json));
        } else if (call.equals("POST /traps")) {
            named(json.path("link").asText()).set(Trap.of(json));
        } else if (call.equals("DELETE /")) {
            links.forEach(Link::reset);
        } else {
            throw new IllegalArgumentException("there is no " + call);
        }
    }

    private Link named(String name) {
        return links.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no link " + name));
    }

    private ArrayNode traps() {
        ArrayNode traps = JSON.createArrayNode();
        links.forEach(link -> link.traps().forEach(trap -> traps.add(trap.toJson())));
        return traps;
    }
}
