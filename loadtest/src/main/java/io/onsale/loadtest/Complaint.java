package io.onsale.loadtest;

/** Something the caller can put right, in one sentence. Printed without a stack trace; exit code 64. */
public final class Complaint extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Complaint(String sentence) {
        super(sentence);
    }

    public Complaint(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
