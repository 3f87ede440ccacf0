package io.onsale.ticketing;

import io.onsale.platform.web.EventLoops;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Accounts, catalogue, holds, payments, tickets and the saga between them. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TicketingApplication {

    /** Starts the app; settings come from the environment and {@code application.yaml}. */
    public static void main(String[] args) {
        EventLoops.acceptApart();
        SpringApplication.run(TicketingApplication.class, args);
    }
}
