package io.onsale.local.launch;

import io.onsale.local.stores.PostgresServer;

/** The four people that a newcomer logs in as. */
final class DemoAccounts {

    private DemoAccounts() {}

    static void ensure(StackHome home, PostgresServer postgres, Secrets secrets) {}
}
