package io.onsale.local.launch;

import java.nio.file.Path;

/** Makes the passwords and keys that are missing in a directory: what the containers of `compose.yaml` start from. */
public final class MakeSecrets {

    private MakeSecrets() {}

    public static void main(String[] args) {
        Secrets.ensure(Path.of(args[0]));
    }
}
