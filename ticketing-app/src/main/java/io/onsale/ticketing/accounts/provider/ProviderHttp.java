package io.onsale.ticketing.accounts.provider;

import io.netty.channel.ChannelOption;
import io.onsale.platform.calls.UnclaimedAnswers;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** The HTTP client for providers: short time-outs; one that does not answer is {@code UNAVAILABLE}, not an error of ours. */
@Component
class ProviderHttp {
    private static final Logger log = LoggerFactory.getLogger(ProviderHttp.class);
    private static final int CONNECT_MILLIS = 2000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final WebClient client;
    private final Duration timeout;

    ProviderHttp(ProviderSettings settings) {
        this.timeout = settings.timeout();
        this.client = UnclaimedAnswers.webClient(HttpClient.create()
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                        .responseTimeout(timeout))
                .build();
    }

    WebClient client() {
        return client;
    }

    /** The call with an end; transport failures, time-outs and 5xx answers are logged without the request's content. */
    <T> Mono<T> guarded(String what, Mono<T> call) {
        return call.timeout(timeout.plusSeconds(1)).onErrorMap(e -> !(e instanceof ProblemException), e -> {
            log.warn("{} failed: {}", what, e.getClass().getSimpleName());
            return Problem.of(CommonProblem.UNAVAILABLE).retryAfter(RETRY_AFTER).asException();
        });
    }
}
