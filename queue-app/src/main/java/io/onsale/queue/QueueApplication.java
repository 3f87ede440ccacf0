package io.onsale.queue;

import io.onsale.platform.web.EventLoops;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The waiting room: who is next, and the pass that lets them in. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class QueueApplication {

    /** Starts the app; settings come from the environment and {@code application.yaml}. */
    public static void main(String[] args) {
        EventLoops.acceptApart();
        SpringApplication.run(QueueApplication.class, args);
    }
}
