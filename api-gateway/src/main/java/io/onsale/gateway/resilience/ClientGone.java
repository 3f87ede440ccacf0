package io.onsale.gateway.resilience;

import io.onsale.gateway.entry.Visit;
import io.onsale.platform.problem.ProblemException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** The client's own connection broke in the middle of its body: that says nothing about the service it was meant for. */
final class ClientGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ClientGone(Throwable broken) {
        super("the client broke its upload off", broken, false, false);
    }

    /** The request, whose body fails with this; a refusal of what was read stays what it is. Its visit hears how long the body took. */
    static ServerHttpRequest toldBy(ServerHttpRequest request, Visit visit) {
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                return super.getBody()
                        .doOnSubscribe(reading -> visit.awaitsBody())
                        .doOnComplete(visit::hasBody)
                        .onErrorMap(error -> error instanceof ProblemException ? error : new ClientGone(error));
            }
        };
    }
}
