package io.onsale.platform.web;

import java.time.Instant;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** What a client sends with the wrong type is refused instead of guessed, and so is text that no store can keep. */
@AutoConfiguration
@ConditionalOnClass(JsonMapperBuilderCustomizer.class)
class StrictJsonAutoConfiguration {

    /** Blanks are no number, no time and no choice, and neither is a number the name of a choice. */
    @Bean
    JsonMapperBuilderCustomizer nothingFromBlanks() {
        return builder -> builder.withCoercionConfigDefaults(any -> any.setAcceptBlankAsEmpty(false)
                        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Enum,
                        choices -> choices.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail));
    }

    @Bean
    JsonMapperBuilderCustomizer noNumbersAsText() {
        return builder -> builder.withCoercionConfig(
                LogicalType.Textual,
                texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    @Bean
    JsonMapperBuilderCustomizer onlyTextThatCanBeKept() {
        return builder -> builder.addModule(new SimpleModule("keepable-text")
                .addDeserializer(String.class, new KeepableText())
                .addDeserializer(Instant.class, new WrittenInstant()));
    }
}
