package io.onsale.local.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the sandbox runs. Each setting is an argument ({@code --port=8130}) or an environment variable ({@code SANDBOX_PORT=8130});
 * secrets are files of a directory, named like the properties of the apps that share them.
 *
 * @param webhookMinute how long a minute of PortOne's published retry schedule (0, 1, 4, 16, 64, 256 minutes) lasts here
 */
record Settings(
        String host,
        int port,
        int smtpPort,
        String publicUrl,
        Path dataDirectory,
        String webhookUrl,
        Duration webhookMinute,
        String storeId,
        String channelKey,
        String cid,
        String apiSecret,
        String webhookSecret,
        String kakaoSecretKey,
        String kakaoAdminKey) {

    static final String USAGE = """
            The payment providers' sandbox: PortOne V2 and KakaoPay, those who vouch for people, and a mail catcher.
              --port=8130                     0 takes a free one
              --smtp-port=8131                0 takes a free one
              --host=127.0.0.1
              --public-url=http://localhost:8130
              --data=.onsale/sandbox          the ledger's directory
              --secrets=/run/secrets          files onsale.portone.api-secret, onsale.portone.webhook-secrets,
                                              onsale.kakaopay.secret-key (and onsale.kakaopay.admin-key for the old host)
              --webhook-url=http://localhost:8080/api/v1/payments/webhooks/portone
              --webhook-minute-millis=1000    one minute of the retry schedule
              --store-id=store-onsale-local   --channel-key=channel-key-onsale-local   --cid=TC0ONETIME
            Each can also be an environment variable, e.g. SANDBOX_WEBHOOK_URL.""";

    static Settings of(String[] arguments, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        for (String argument : List.of(arguments)) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("cannot read the argument " + argument);
            }
            given.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        Lookup lookup = new Lookup(given, environment);
        int port = Integer.parseInt(lookup.get("port", "8130"));
        Path secrets = Path.of(lookup.get("secrets", environment.getOrDefault("ONSALE_SECRETS", "/run/secrets")));
        Settings settings = new Settings(
                lookup.get("host", "127.0.0.1"),
                port,
                Integer.parseInt(lookup.get("smtp-port", "8131")),
                lookup.get("public-url", "http://localhost:" + port),
                Path.of(lookup.get("data", ".onsale/sandbox")),
                lookup.get("webhook-url", "http://localhost:8080/api/v1/payments/webhooks/portone"),
                Duration.ofMillis(Long.parseLong(lookup.get("webhook-minute-millis", "1000"))),
                lookup.get("store-id", "store-onsale-local"),
                lookup.get("channel-key", "channel-key-onsale-local"),
                lookup.get("cid", "TC0ONETIME"),
                secret(secrets, "onsale.portone.api-secret"),
                firstOf(secret(secrets, "onsale.portone.webhook-secrets")),
                secret(secrets, "onsale.kakaopay.secret-key"),
                Files.exists(secrets.resolve("onsale.kakaopay.admin-key"))
                        ? secret(secrets, "onsale.kakaopay.admin-key")
                        : secret(secrets, "onsale.kakaopay.secret-key"));
        lookup.refuseUnknown();
        return settings;
    }

    Settings listeningOn(int actualPort) {
        return new Settings(
                host,
                actualPort,
                smtpPort,
                port == 0 ? "http://localhost:" + actualPort : publicUrl,
                dataDirectory,
                webhookUrl,
                webhookMinute,
                storeId,
                channelKey,
                cid,
                apiSecret,
                webhookSecret,
                kakaoSecretKey,
                kakaoAdminKey);
    }

    private static String secret(Path directory, String name) {
        Path file = directory.resolve(name);
        try {
            String value = Files.readString(file).strip();
            if (value.isEmpty()) {
                throw new IllegalArgumentException("the secret " + file + " is empty");
            }
            return value;
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IllegalArgumentException("there is no secret file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the secret " + file, e);
        }
    }

    private static String firstOf(String list) {
        return list.split(",", 2)[0].strip();
    }

    private record Lookup(Map<String, String> given, Map<String, String> environment) {

        String get(String name, String fallback) {
            String argument = given.remove(name);
            String variable = "SANDBOX_" + name.replace('-', '_').toUpperCase(java.util.Locale.ROOT);
            return argument != null ? argument : environment.getOrDefault(variable, fallback);
        }

        void refuseUnknown() {
            if (!given.isEmpty()) {
                throw new IllegalArgumentException("unknown settings " + given.keySet());
            }
        }
    }
}
