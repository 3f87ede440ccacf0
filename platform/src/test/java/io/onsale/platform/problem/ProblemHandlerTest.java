package io.onsale.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ProblemHandlerTest {
    private final TraceIds traceIds = TraceIds::fromHeader;
    private final ProblemHandler handler = new ProblemHandler(
            new ProblemWriter(new ProblemTexts(), traceIds, JsonMapper.shared()),
            traceIds,
            List.of(error -> error.getMessage() != null && error.getMessage().contains("pool")));

    @Test
    void whatWillPassAsksTheClientToComeAgain() {
        MockServerHttpResponse answer = answerTo(new IllegalStateException("the pool is empty"));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("1");
        assertThat(body(answer)).contains("\"UNAVAILABLE\"").doesNotContain("the pool");
    }

    @Test
    void whoHangsUpInMidBodyIsNoErrorOfOurs(CapturedOutput output) {
        MockServerHttpResponse answer = answerTo(new AbortedException("Connection has been closed"));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(output).doesNotContain("AbortedException");
    }

    @Test
    void whatNobodyForesawIsOurFaultAndTellsNothing() {
        MockServerHttpResponse answer = answerTo(new IllegalStateException("a secret"));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(body(answer)).contains("\"INTERNAL\"").doesNotContain("a secret");
    }

    private MockServerHttpResponse answerTo(Throwable error) {
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/v1/events"));
        handler.handle(exchange, error).block(Duration.ofSeconds(5));
        return exchange.getResponse();
    }

    private static String body(MockServerHttpResponse answer) {
        return Objects.requireNonNull(answer.getBodyAsString().block(Duration.ofSeconds(5)));
    }
}
