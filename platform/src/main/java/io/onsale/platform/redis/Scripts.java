package io.onsale.platform.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletionException;
import reactor.core.publisher.Mono;

/**
 * Runs Lua scripts: EVALSHA, and EVAL where the server does not know the script (yet, or after SCRIPT FLUSH). One
 * command is one atomic step. An error other than the script's own means that the outcome is unknown.
 */
public final class Scripts {
    private final Redis redis;

    /** A runner on this connection. */
    public Scripts(Redis redis) {
        this.redis = redis;
    }

    /**
     * Runs the script when subscribed to.
     *
     * @param keys all with the same hash tag
     * @return the array the script answered: strings, {@code Long}s, nested lists; null where it said nil
     */
    public Mono<List<Object>> run(LuaScript script, List<String> keys, List<String> args) {
        return run(script, keys.toArray(String[]::new), args.toArray(String[]::new));
    }

    /** The same for hot paths, whose keys are kept as an array. Neither array may be changed afterwards. */
    public Mono<List<Object>> run(LuaScript script, String[] keyArray, String... argArray) {
        Mono<List<Object>> eval =
                redis.run(command -> command.eval(script.body(), ScriptOutputType.MULTI, keyArray, argArray));
        return redis.<List<Object>>run(
                        command -> command.evalsha(script.sha1(), ScriptOutputType.MULTI, keyArray, argArray))
                .onErrorResume(Scripts::isUnknownScript, e -> eval);
    }

    private static boolean isUnknownScript(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof RedisNoScriptException;
    }
}
