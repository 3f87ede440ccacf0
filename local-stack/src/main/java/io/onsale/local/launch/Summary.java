package io.onsale.local.launch;

import java.time.Duration;

/** What `up` says at the end. */
final class Summary {

    private Summary() {}

    static void print(StackHome home, Shape shape, Console console, Duration took) {
        PortPlan ports = new PortPlan(shape.offset());
        String gateway = "http://localhost:" + ports.gateway();
        console.say("");
        console.say("onsale is up after " + Console.seconds(took));
        console.say("  API             " + gateway + "/api/v1");
        console.say("  API documents   " + gateway + "/docs and /v3/api-docs (OpenAPI 3.1)");
        console.say("  payments        http://localhost:" + ports.sandbox() + " (the providers' sandbox)");
        console.say("  mail            http://localhost:" + ports.sandbox() + "/mails (what was sent; SMTP on "
                + ports.smtp() + ")");
        console.say("  demo accounts   " + home.credentials());
        console.say("  logs            " + home.logs() + " (./onsale logs)");
        console.say("Next: ./onsale demo, ./onsale status, ./onsale down");
    }
}
