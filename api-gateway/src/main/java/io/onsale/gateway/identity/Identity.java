package io.onsale.gateway.identity;

import io.onsale.platform.problem.ProblemCode;
import io.onsale.platform.tokens.Caller;

/** Who makes a request, as far as the edge can tell. */
public sealed interface Identity {

    /** An account, by a token verified a moment ago. */
    record Known(Caller caller) implements Identity {}

    /** Nobody in particular. */
    record Unknown(ProblemCode reason) implements Identity {}
}
