package io.onsale.local.sandbox;

/** The provider says no, in its own error format. Ends a transaction that added nothing. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient Answer answer;

    Refusal(Answer answer) {
        super("refused", null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }

    /** PortOne's error body: {@code {type, message}}. */
    static Refusal portOne(int status, String type, String message) {
        return new Refusal(portOneAnswer(status, type, message));
    }

    static Answer portOneAnswer(int status, String type, String message) {
        return Answer.json(status, Json.object().put("type", type).put("message", message));
    }
}
