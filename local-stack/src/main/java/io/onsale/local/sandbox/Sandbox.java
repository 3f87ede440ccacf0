package io.onsale.local.sandbox;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The running sandbox: its book, its webhooks, its HTTP server, its mail catcher. */
final class Sandbox implements AutoCloseable {

    private static final int WORKERS = 16;

    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, task -> {
        Thread thread = new Thread(task, "sandbox-worker");
        thread.setDaemon(true);
        return thread;
    });
    private final Book book;
    private final MailCatcher mails;
    private final DisposableServer server;
    /** Known once the port is. */
    private final CompletableFuture<Router> router = new CompletableFuture<>();

    private Sandbox(Settings asked) {
        Faults faults = new Faults();
        Webhooks webhooks = new Webhooks(asked, faults, workers);
        book = new Book(asked.dataDirectory(), Clock.systemUTC(), webhooks::accept);
        mails = new MailCatcher(asked.host(), asked.smtpPort());
        server = HttpServer.create()
                .host(asked.host())
                .port(asked.port())
                .handle(this::handle)
                .bindNow(Duration.ofSeconds(20));
        Settings settings = asked.listeningOn(server.port());
        router.complete(new Router(
                book,
                faults,
                webhooks,
                new PortOneApi(settings),
                new KakaoPayApi(settings),
                new Console(settings),
                new IdentityProviders(settings),
                new MailApi(mails),
                workers));
        webhooks.start(book);
    }

    static Sandbox start(Settings settings) {
        return new Sandbox(settings);
    }

    int port() {
        return server.port();
    }

    int smtpPort() {
        return mails.port();
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .map(body -> Call.of(request.method().name(), request.uri(), request.requestHeaders()::get, body))
                .flatMap(call -> Mono.fromFuture(() -> router.thenCompose(known -> known.answer(call)), true))
                .flatMap(answer -> send(response, answer));
    }

    private static Mono<Void> send(HttpServerResponse response, Answer answer) {
        if (answer.dropped()) {
            response.withConnection(connection -> connection.channel().close());
            return Mono.never();
        }
        response.status(answer.status()).header("Content-Type", answer.contentType());
        answer.headers().forEach(response::header);
        response.header("Content-Length", Integer.toString(answer.body().length));
        return response.sendByteArray(Mono.just(answer.body())).then();
    }

    @Override
    public void close() throws IOException {
        mails.close();
        server.disposeNow(Duration.ofSeconds(5));
        workers.shutdown();
        book.close();
    }
}
