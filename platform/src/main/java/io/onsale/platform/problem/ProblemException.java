package io.onsale.platform.problem;

/** Carries a {@link Problem}. Has no stack trace: a refusal is an answer, not a bug, and a crowd gets many. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code().name(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** Whether this is the refusal with that code. */
    public boolean is(ProblemCode code) {
        return problem.code() == code;
    }
}
