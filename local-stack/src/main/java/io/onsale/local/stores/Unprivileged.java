package io.onsale.local.stores;

import io.onsale.local.process.Commands;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. Root therefore runs it in a user namespace without a mapping (same files, no
 * rights), or where namespaces are forbidden, as in most containers, as user 65534.
 */
enum Unprivileged {
    AS_IS(List.of()),
    NAMESPACE(List.of("unshare", "-U")),
    NOBODY(List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"));

    static final int NOBODY_ID = 65534;

    private final List<String> prefix;

    Unprivileged(List<String> prefix) {
        this.prefix = prefix;
    }

    static Unprivileged choose() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return AS_IS;
        }
        if (NAMESPACE.works()) {
            return NAMESPACE;
        }
        if (NOBODY.works()) {
            return NOBODY;
        }
        throw new StoreFailedException(
                "PostgreSQL does not run as root, and neither `unshare -U` nor `setpriv` (util-linux) works here: run as another user");
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    private boolean works() {
        return Commands.exists(prefix.get(0))
                && Commands.run(command(List.of("true"))).ok();
    }
}
