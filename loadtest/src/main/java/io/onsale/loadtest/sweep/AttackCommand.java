package io.onsale.loadtest.sweep;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.people.Buyers;
import io.onsale.loadtest.people.Buyers.Buyer;
import io.onsale.loadtest.people.Tokens;
import io.onsale.loadtest.stack.LocalStack;
import java.net.URI;
import java.util.List;

/** {@code ./onsale attack}: what must be refused, tried on the running system through its gateway, each attack by its name. */
public final class AttackCommand {
    private static final String USAGE = "./onsale attack         what must be refused, tried through the gateway";

    private AttackCommand() {}

    /** Exit code: 0 when every attack was held off, 1 when one was not. */
    public static int run(Arguments arguments) {
        if (arguments.flag("help")) {
            System.out.println(USAGE);
            return 0;
        }
        arguments.refuseUnknown();
        LocalStack stack = LocalStack.find();
        Attacker attacker =
                new Attacker(new Wire("127.0.0.1", URI.create(stack.gateway()).getPort()));
        try (Api api = new Api(new Steps(), 4)) {
            World world = World.make(stack, api);
            attack(stack, world, attacker);
        }
        System.out.printf(
                "%n%d attacks held off, %d broken%n",
                attacker.held(), attacker.broken().size());
        return attacker.broken().isEmpty() ? 0 : 1;
    }

    private static void attack(LocalStack stack, World world, Attacker attacker) {
        List<Buyer> people = new Buyers(stack).make(4);
        Tokens tokens = Tokens.of(stack.signingKeys());
        String buyer = people.get(0).accessToken();
        String stranger = people.get(1).accessToken();
        String strangeSeller = tokens.access(people.get(2).userId(), "SELLER");
        world.remember("staff", tokens.access(people.get(3).userId(), "STAFF"));
        PurchaseAttacks purchases = new PurchaseAttacks(attacker, world);
        String pass = purchases.admitted(buyer);
        String streamTicket = purchases.streamTicket(buyer);
        System.out.println("Tokens");
        new TokenAttacks(attacker, tokens, people.get(0).userId()).run(pass, world.token("payment"));
        System.out.println("Access");
        new AccessAttacks(attacker, world).run(stranger, strangeSeller, streamTicket);
        System.out.println("Purchases");
        purchases.run(buyer, pass, stranger);
        System.out.println("Abuse");
        new AbuseAttacks(attacker).run();
        System.out.println("Platform");
        new PlatformAttacks(attacker, stack).run(world.id("events"), buyer);
    }
}
