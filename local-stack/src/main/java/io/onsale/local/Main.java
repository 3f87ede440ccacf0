package io.onsale.local;

import io.onsale.local.launch.Launcher;
import java.util.List;

/** What the `onsale` script runs. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(Launcher.run(List.of(args)));
    }
}
