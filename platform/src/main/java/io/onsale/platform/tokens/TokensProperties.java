package io.onsale.platform.tokens;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of signed tokens.
 *
 * @param issuer the {@code iss} of every token
 * @param signs the kind this app issues (its key set's name); none when it only verifies
 * @param signingKeys directory of PKCS#8 PEM files, file name without ending = {@code kid}; the lexically last one
 *     signs, all are published. Kept up with while running, so that a key is rotated by adding a file.
 * @param jwks where the keys of each kind are published, by the kind's name
 * @param refreshInterval how often published keys are read anew
 */
@ConfigurationProperties("onsale.tokens")
public record TokensProperties(
        @DefaultValue("onsale") String issuer,
        @Nullable String signs,
        @Nullable Path signingKeys,
        @DefaultValue Map<String, List<URI>> jwks,
        @DefaultValue("60s") Duration refreshInterval) {}
