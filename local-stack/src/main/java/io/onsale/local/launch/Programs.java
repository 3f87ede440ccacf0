package io.onsale.local.launch;

import io.onsale.local.process.Daemon;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The JVMs of the system: commands and settings. Secrets are not among them: each program reads its own directory. */
final class Programs {

    /** In the first minutes of a system on a small machine, making the best code costs more than running quick code. */
    private static final String QUICK_CODE = "-XX:TieredStopAtLevel=1";

    private static final String KEYS = "/.well-known/jwks.json";

    private final StackHome home;
    private final Shape shape;
    private final PortPlan ports;
    private final Secrets secrets;
    private final AppImage queueImage;
    private final AppImage ticketingImage;
    private final AppImage gatewayImage;
    private final Map<AppImage, Training> trainings = new LinkedHashMap<>();

    Programs(StackHome home, Shape shape, PortPlan ports, Secrets secrets) {
        this.home = home;
        this.shape = shape;
        this.ports = ports;
        this.secrets = secrets;
        this.queueImage = AppImage.of(home, "queue-app");
        this.ticketingImage = AppImage.of(home, "ticketing-app");
        this.gatewayImage = AppImage.of(home, "api-gateway");
    }

    /** One for each app, known when its services are. */
    List<Training> trainings() {
        return List.copyOf(trainings.values());
    }

    List<AppImage> images() {
        return List.of(queueImage, ticketingImage, gatewayImage);
    }

    Service sandbox() {
        Path module = home.root().resolve("local-stack/target");
        List<String> command = List.of(
                java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-cp",
                module.resolve("classes") + ":" + module.resolve("lib") + "/*",
                "io.onsale.local.sandbox.Main",
                "--port=" + ports.sandbox(),
                "--smtp-port=" + ports.smtp(),
                "--data=" + home.data().resolve("sandbox"),
                "--secrets=" + secrets.of("sandbox"),
                "--webhook-url=http://127.0.0.1:" + ports.gateway() + "/api/v1/payments/webhooks/portone");
        List<Integer> listens = List.of(ports.sandbox(), ports.smtp());
        return service("sandbox", listens, command, Map.of(), local(ports.sandbox()) + "/health");
    }

    Service proxy() {
        Path module = home.root().resolve("local-stack/target");
        List<String> command = List.of(
                java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-cp",
                module.resolve("classes") + ":" + module.resolve("lib") + "/*",
                "io.onsale.local.proxy.Main",
                "--control=" + ports.proxyControl(),
                "--run=" + home.run(),
                "--link=postgres:" + ports.proxiedPostgres() + ":" + ports.postgres(),
                "--link=redis:" + ports.proxiedRedis() + ":" + ports.redis());
        List<Integer> listens = List.of(ports.proxyControl(), ports.proxiedPostgres(), ports.proxiedRedis());
        return service("proxy", listens, command, Map.of(), local(ports.proxyControl()) + "/health");
    }

    List<Service> apps() {
        List<Service> apps = new ArrayList<>();
        for (int i = 1; i <= shape.ticketingInstances(); i++) {
            apps.add(ticketing(i));
        }
        for (int i = 1; i <= shape.queueInstances(); i++) {
            apps.add(queue(i));
        }
        apps.add(gateway());
        return apps;
    }

    private Service ticketing(int instance) {
        Map<String, String> settings =
                common("ticketing", ports.ticketing(instance), ports.ticketingManagement(instance));
        int postgres = shape.throughProxy() ? ports.proxiedPostgres() : ports.postgres();
        settings.put("SPRING_R2DBC_URL", "r2dbc:postgresql://127.0.0.1:" + postgres + "/onsale");
        settings.put("SPRING_R2DBC_USERNAME", "onsale_app");
        settings.put("SPRING_FLYWAY_URL", "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/onsale");
        settings.put("SPRING_FLYWAY_USER", "onsale_app");
        settings.put(
                "ONSALE_TOKENS_SIGNINGKEYS",
                secrets.of("ticketing").resolve("keys").toString());
        settings.put("ONSALE_TOKENS_JWKS_PASS", withPath(queueUris(), KEYS));
        settings.put("ONSALE_PORTONE_BASEURL", local(ports.sandbox()));
        settings.put("ONSALE_PORTONE_CHECKOUTURL", local(ports.sandbox()) + "/checkout/{paymentId}");
        settings.put("ONSALE_KAKAOPAY_BASEURL", local(ports.sandbox()));
        settings.put(
                "ONSALE_CATALOG_IMAGES_DIRECTORY", home.data().resolve("images").toString());
        settings.put("SPRING_MAIL_HOST", "127.0.0.1");
        settings.put("SPRING_MAIL_PORT", Integer.toString(ports.smtp()));
        settings.put("ONSALE_ACCOUNTS_MAIL_SHOP", local(ports.gateway()));
        settings.putAll(SocialSettings.of(local(ports.sandbox()), local(ports.gateway())));
        return app("ticketing-" + instance, ticketingImage, "-Xmx512m", ports.ticketing(instance), settings);
    }

    private Service queue(int instance) {
        Map<String, String> settings = common("queue", ports.queue(instance), ports.queueManagement(instance));
        settings.put(
                "ONSALE_TOKENS_SIGNINGKEYS", secrets.of("queue").resolve("keys").toString());
        settings.put("ONSALE_TOKENS_JWKS_ACCESS", withPath(ticketingUris(), KEYS));
        settings.put("ONSALE_TICKETING_URIS", ticketingUris());
        return app("queue-" + instance, queueImage, "-Xmx512m", ports.queue(instance), settings);
    }

    private Service gateway() {
        Map<String, String> settings = common("gateway", ports.gateway(), ports.gatewayManagement());
        settings.put("ONSALE_TOKENS_JWKS_ACCESS", withPath(ticketingUris(), KEYS));
        settings.put("ONSALE_GATEWAY_QUEUE_URIS", queueUris());
        settings.put("ONSALE_GATEWAY_TICKETING_URIS", ticketingUris());
        return app("gateway", gatewayImage, "-Xmx768m", ports.gateway(), settings);
    }

    private Map<String, String> common(String program, int port, int managementPort) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("SERVER_ADDRESS", "127.0.0.1");
        settings.put("SERVER_PORT", Integer.toString(port));
        settings.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        settings.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
        settings.put("ONSALE_SECRETS", secrets.of(program).toString());
        int redis = shape.throughProxy() ? ports.proxiedRedis() : ports.redis();
        settings.put("ONSALE_REDIS_URIS", "redis://127.0.0.1:" + redis);
        settings.put("ONSALE_KAFKA_BOOTSTRAPSERVERS", "127.0.0.1:" + ports.kafka());
        return settings;
    }

    private Service app(String name, AppImage image, String heap, int port, Map<String, String> settings) {
        settings.putAll(MoreSettings.of(name, System.getenv()));
        List<String> command =
                new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", heap, "-XX:+ExitOnOutOfMemoryError"));
        String more = System.getenv().getOrDefault("ONSALE_JAVA_OPTIONS", QUICK_CODE);
        command.addAll(List.of(more.split(" ")).stream()
                .filter(option -> !option.isBlank())
                .toList());
        command.addAll(List.of("-jar", image.jar().toString()));
        int management = Integer.parseInt(settings.getOrDefault("MANAGEMENT_SERVER_PORT", "0"));
        List<Integer> listens = List.of(port, management);
        String health = local(management) + "/actuator/health/readiness";
        Path archive = image.classArchive();
        Service app = service(name, listens, Training.trainedCommand(archive, command), settings, health);
        JvmService recording = service(name, listens, Training.recordingCommand(archive, command), settings, health);
        trainings.putIfAbsent(image, new Training(archive, app, recording));
        return app;
    }

    private JvmService service(
            String name, List<Integer> listens, List<String> command, Map<String, String> settings, String health) {
        return new JvmService(
                name,
                listens,
                command,
                settings,
                home.directory(),
                new Daemon(home.pidFile(name), home.log(name)),
                home.run().resolve(name + ".settings"),
                URI.create(health));
    }

    private String queueUris() {
        return uris(shape.queueInstances(), ports::queue);
    }

    private String ticketingUris() {
        return uris(shape.ticketingInstances(), ports::ticketing);
    }

    private static String uris(int instances, IntUnaryOperator port) {
        return IntStream.rangeClosed(1, instances)
                .mapToObj(instance -> local(port.applyAsInt(instance)))
                .collect(Collectors.joining(","));
    }

    private static String withPath(String uris, String path) {
        return uris.replace(",", path + ",") + path;
    }

    private static String local(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
