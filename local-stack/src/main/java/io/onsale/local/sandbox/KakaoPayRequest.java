package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The fields of a KakaoPay call, whichever host it was meant for, and that host's error body. */
final class KakaoPayRequest {

    private final ObjectNode fields;
    private final boolean old;

    private KakaoPayRequest(ObjectNode fields, boolean old) {
        this.fields = fields;
        this.old = old;
    }

    static KakaoPayRequest json(Call call, String secretKey) {
        KakaoPayRequest empty = new KakaoPayRequest(Json.object(), false);
        if (!Digests.same(call.headerOr("authorization", ""), "SECRET_KEY " + secretKey)) {
            throw empty.refuse(401, -401, "invalid secret key");
        }
        try {
            return new KakaoPayRequest(Json.parse(call.body()), false);
        } catch (IOException e) {
            throw empty.refuse(-2, "the body is not a JSON object");
        }
    }

    static KakaoPayRequest form(Call call, String adminKey) {
        ObjectNode fields = Json.object();
        call.formBody().forEach(fields::put);
        KakaoPayRequest request = new KakaoPayRequest(fields, true);
        if (!Digests.same(call.headerOr("authorization", ""), "KakaoAK " + adminKey)) {
            throw request.refuse(401, -401, "wrong appKey");
        }
        return request;
    }

    String textOr(String name, String fallback) {
        return fields.path(name).asText(fallback);
    }

    String text(String name) {
        String value = textOr(name, "");
        if (value.isBlank()) {
            throw refuse(-2, name + " is needed");
        }
        return value;
    }

    long won(String name) {
        String value = text(name);
        if (!value.matches("\\d{1,15}")) {
            throw refuse(-2, name + " must be a whole amount");
        }
        return Long.parseLong(value);
    }

    long wonOr(String name, long fallback) {
        return fields.hasNonNull(name) ? won(name) : fallback;
    }

    Refusal refuse(int code, String message) {
        return refuse(400, code, message);
    }

    private Refusal refuse(int status, int code, String message) {
        ObjectNode body = old
                ? Json.object().put("code", code).put("msg", message)
                : Json.object().put("error_code", code).put("error_message", message);
        if (code == -780 || code == -781) {
            body.putObject("extras").put("method_result_code", "USER_LOCKED").put("method_result_message", message);
        }
        return new Refusal(Answer.json(status, body));
    }
}
