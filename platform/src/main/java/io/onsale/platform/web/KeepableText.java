package io.onsale.platform.web;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/**
 * Reads text and refuses what JSON can escape and PostgreSQL cannot keep: the character NUL, and halves of surrogate pairs, which
 * are no Unicode and would come back as question marks.
 */
final class KeepableText extends StringDeserializer {

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        String text = super.deserialize(parser, context);
        if (text != null && !isKeepable(text)) {
            return (String) context.handleWeirdStringValue(String.class, "", "NUL or half a surrogate pair");
        }
        return text;
    }

    static boolean isKeepable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
