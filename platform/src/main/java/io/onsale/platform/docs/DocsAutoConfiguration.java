package io.onsale.platform.docs;

import io.onsale.platform.tokens.Caller;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import reactor.core.scheduler.Schedulers;

/** Describes the app's API where springdoc is on the class path. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(name = "org.springdoc.core.customizers.GlobalOpenApiCustomizer")
class DocsAutoConfiguration {
    static final String BEARER = "accessToken";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Bean
    OpenAPI describedApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("onsale")
                        .version("v1")
                        .description("Concert tickets for a flash crowd. Errors are RFC 9457 problems with a stable"
                                + " `code`; times are ISO-8601 UTC, money is whole won, ids are opaque."))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")
                                        .description("The access token that a login answered.")));
    }

    @Bean
    ModelResolver namedModels() {
        return new ModelResolver(Json31.mapper(), new SchemaNames());
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }

    @Bean
    GlobalOperationCustomizer describedOperations() {
        return new OperationDescriber();
    }

    @Bean
    GlobalOpenApiCustomizer problemSchema() {
        return api -> ProblemSchema.addTo(api.getComponents());
    }

    @Bean
    GlobalOpenApiCustomizer portablePatterns() {
        return PortablePatterns::rewrite;
    }

    @Bean
    GlobalOpenApiCustomizer freeForms() {
        return FreeForms::open;
    }

    @Bean
    GlobalOpenApiCustomizer closedRequests() {
        return ClosedRequests::close;
    }

    /** The document is built when it is first asked for, in some hundred milliseconds: not on an event loop. */
    @Bean
    WebFluxConfigurer describedElsewhere() {
        return new WebFluxConfigurer() {
            @Override
            public void configureBlockingExecution(BlockingExecutionConfigurer configurer) {
                configurer
                        .setExecutor(new TaskExecutorAdapter(Schedulers.boundedElastic()::schedule))
                        .setControllerMethodPredicate(
                                handler -> handler.getBeanType().getName().startsWith("org.springdoc."));
            }
        };
    }
}
