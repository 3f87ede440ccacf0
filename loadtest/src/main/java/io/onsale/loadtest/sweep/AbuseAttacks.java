package io.onsale.loadtest.sweep;

import static io.onsale.loadtest.sweep.Attacker.post;

import java.util.Arrays;
import java.util.UUID;

/** Accounts that are guessed at. */
final class AbuseAttacks {
    private static final int TRIES = 4;

    private final Attacker attacker;
    private final String email;
    private final String other;

    /** On two accounts that exist, each with attempts left. */
    AbuseAttacks(Attacker attacker, String email, String other) {
        this.attacker = attacker;
        this.email = email;
        this.other = other;
    }

    void run() {
        enumeration();
        timing();
        guessing();
    }

    /** Looking up nobody must take as long as refusing somebody: both hash a password. */
    private void timing() {
        long[] known = new long[TRIES];
        long[] unknown = new long[TRIES];
        Answer last = orNone(null);
        for (int i = 0; i < TRIES; i++) {
            long began = System.nanoTime();
            attacker.send(login(other, "not the password"));
            known[i] = System.nanoTime() - began;
            began = System.nanoTime();
            last = attacker.send(login("nobody." + UUID.randomUUID() + "@example.com", "not the password"));
            unknown[i] = System.nanoTime() - began;
        }
        Arrays.sort(known);
        Arrays.sort(unknown);
        // The quickest of each, since whatever else the machine does only adds.
        double ratio = (double) unknown[0] / known[0];
        attacker.check("guessing who has an account by time", ratio > 0.4 && ratio < 2.5, last);
    }

    private void enumeration() {
        Answer wrong = attacker.send(login(email, "not the password"));
        Answer unknown = attacker.send(login("nobody." + UUID.randomUUID() + "@example.com", "not the password"));
        boolean alike = wrong.status() == unknown.status()
                && Attacker.json(wrong)
                        .path("detail")
                        .equals(Attacker.json(unknown).path("detail"));
        attacker.check("guessing who has an account by login", alike && is(unknown, 401, "BAD_CREDENTIALS"), unknown);
        Answer known = attacker.send(post("/auth/password-reset", "", "{\"email\": \"" + email + "\"}"));
        Answer none = attacker.send(
                post("/auth/password-reset", "", "{\"email\": \"nobody." + UUID.randomUUID() + "@example.com\"}"));
        attacker.check("guessing who has an account by reset", known.status() == 202 && none.status() == 202, none);
    }

    private void guessing() {
        String address = attacker.address();
        Answer last = null;
        for (int i = 0; i < 11; i++) {
            last = attacker.send(
                    login("victim" + i + "@example.com", "12345678").with("X-Forwarded-For", address));
        }
        attacker.check(
                "stuffing many accounts from one address", last != null && is(last, 429, "RATE_LIMITED"), orNone(last));
        for (int i = 0; i < 11; i++) {
            last = attacker.send(login(email, "guess number " + i));
        }
        attacker.check(
                "guessing one account from many addresses",
                last != null && is(last, 429, "RATE_LIMITED"),
                orNone(last));
    }

    private static Answer orNone(@org.jspecify.annotations.Nullable Answer answer) {
        return answer == null ? new Answer(0, java.util.Map.of(), Call.NOTHING) : answer;
    }

    static Call login(String email, String password) {
        return post("/auth/login", "", "{\"email\": \"" + email + "\", \"password\": \"" + password + "\"}");
    }

    static boolean is(Answer answer, int status, String code) {
        return answer.status() == status && Attacker.code(answer).equals(code);
    }
}
