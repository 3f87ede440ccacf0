package io.onsale.platform.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * One Lua script. Scripts answer with arrays of strings and integers.
 *
 * @param name its file's name, for logs and metrics
 * @param sha1 what EVALSHA names it by
 */
public record LuaScript(String name, String body, String sha1) {

    private static final String INCLUDE = "--#include ";

    /**
     * Reads {@code lua/<file>} from the class path of {@code owner}'s module. A line {@code --#include <file>} stands for
     * the text of that file, so that scripts of one structure can share their opening.
     */
    public static LuaScript load(Class<?> owner, String file) {
        return of(file, read(owner, file));
    }

    /** A script from its text. */
    public static LuaScript of(String name, String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(body.getBytes(StandardCharsets.UTF_8));
            return new LuaScript(name, body, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Class<?> owner, String file) {
        try (InputStream in = owner.getResourceAsStream("/lua/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("No script lua/" + file + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.startsWith(INCLUDE)
                            ? read(owner, line.substring(INCLUDE.length()).trim())
                            : line + "\n")
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
