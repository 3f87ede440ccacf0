package io.onsale.ticketing.reservations.hold;

import io.lettuce.core.RedisException;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/** Tells "nobody knows" from "no": a store that does not answer may still have done what it was asked. */
final class Uncertainty {

    private Uncertainty() {}

    static boolean isIn(@Nullable Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataIntegrityViolationException
                    || cause instanceof R2dbcDataIntegrityViolationException
                    || cause instanceof R2dbcBadGrammarException) {
                return false;
            }
            if (cause instanceof RedisException
                    || cause instanceof R2dbcException
                    || cause instanceof DataAccessException
                    || cause instanceof TransactionException
                    || cause instanceof TimeoutException
                    || cause instanceof IOException) {
                return true;
            }
            if (!(cause instanceof CompletionException) && cause == cause.getCause()) {
                return false;
            }
        }
        return false;
    }
}
