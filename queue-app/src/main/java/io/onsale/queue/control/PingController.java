package io.onsale.queue.control;

import io.onsale.platform.tokens.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Does nothing for a known caller: tells a page that its token is good, and benches what a call costs by itself. */
@RestController
class PingController {

    @PostMapping("/api/v1/queue/ping")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> ping(Caller caller) {
        return Mono.empty();
    }
}
