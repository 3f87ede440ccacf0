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
        Attacker attacker = attack(LocalStack.find());
        int broken = attacker.broken().size();
        System.out.printf(
                "%n%d attacks held off, %d broken%n", attacker.attempts().size() - broken, broken);
        return broken == 0 ? 0 : 1;
    }

    /** Tries them all on that system. */
    static Attacker attack(LocalStack stack) {
        Attacker attacker =
                new Attacker(new Wire("127.0.0.1", URI.create(stack.gateway()).getPort()));
        try (Api api = new Api(new Steps(), 4)) {
            attack(stack, World.make(stack, api), attacker);
        }
        return attacker;
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
        attacker.begin("Tokens");
        new TokenAttacks(attacker, tokens, people.get(0).userId()).run(pass, world.token("payment"));
        attacker.begin("Access");
        new AccessAttacks(attacker, world).run(stranger, strangeSeller, streamTicket);
        attacker.begin("Purchases");
        purchases.run(buyer, pass, stranger);
        new WebhookAttacks(attacker, stack.webhookSecret(), world.id("payments")).run();
        attacker.begin("Abuse");
        SessionAttacks sessions = new SessionAttacks(attacker);
        String victim = sessions.signUp("victim");
        String other = sessions.signUp("other");
        sessions.run(victim, other);
        new AbuseAttacks(attacker, victim, other).run();
        attacker.begin("Platform");
        new PlatformAttacks(attacker, stack).run(world.id("events"), buyer);
    }
}
