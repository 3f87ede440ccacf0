package io.onsale.platform.problem;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Problem details for every reactive web app. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class ProblemAutoConfiguration {

    @Bean
    ProblemTexts problemTexts() {
        return new ProblemTexts();
    }

    @Bean
    @ConditionalOnMissingBean
    TraceIds traceIds() {
        return TraceIds::fromHeader;
    }

    @Bean
    ProblemWriter problemWriter(ProblemTexts texts, TraceIds traceIds, JsonMapper json) {
        return new ProblemWriter(texts, traceIds, json);
    }

    @Bean
    ProblemHandler problemHandler(ProblemWriter writer, TraceIds traceIds, ObjectProvider<PassingTrouble> passing) {
        return new ProblemHandler(writer, traceIds, passing.stream().toList());
    }
}
