package io.onsale.gateway;

import io.onsale.platform.web.EventLoops;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The edge: one address for browsers and tools, nothing but routes and guards. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {

    /** Starts the app; settings come from the environment and {@code application.yaml}. */
    public static void main(String[] args) {
        EventLoops.acceptApart();
        SpringApplication.run(GatewayApplication.class, args);
    }
}
