package io.onsale.loadtest.sweep;

import static io.onsale.loadtest.sweep.Attacker.get;
import static io.onsale.loadtest.sweep.Attacker.post;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Accounts that are guessed at, and sessions that are kept beyond their end. */
final class AbuseAttacks {
    private static final String PASSWORD = "correct horse battery";

    private final Attacker attacker;
    private final String email = "victim." + UUID.randomUUID() + "@example.com";

    AbuseAttacks(Attacker attacker) {
        this.attacker = attacker;
    }

    /** Logged in on a device. */
    private record Session(String access, String refresh, String device) {}

    void run() {
        Answer made = attacker.send(post(
                "/auth/register",
                "",
                "{\"email\": \"" + email + "\", \"password\": \"" + PASSWORD
                        + "\", \"name\": \"Victim\", \"termsVersion\": \"2026-01\"}"));
        attacker.check("(a sign-up, for the next ones)", made.status() == 201, made);
        sessions();
        enumeration();
        guessing();
    }

    private void sessions() {
        Session phone = logIn("phone");
        Session laptop = logIn("laptop");
        Session next = session(refresh(phone.refresh(), "phone"), "phone");
        Answer reused = refresh(phone.refresh(), "thief's laptop");
        attacker.check("a refresh token used again elsewhere", is(reused, 401, "REFRESH_REUSED"), reused);
        Answer family = refresh(next.refresh(), "phone");
        attacker.check("and its successor, too", family.status() == 401, family);
        Answer other = refresh(laptop.refresh(), "laptop");
        attacker.check("(the other device goes on)", other.status() == 200, other);
        Session renewed = session(other, "laptop");
        attacker.send(post("/auth/logout", renewed.access(), "{\"refreshToken\": \"" + renewed.refresh() + "\"}"));
        attacker.attack("an access token after its logout", get("/users/me", renewed.access()), 401, "TOKEN_INVALID");
        attacker.attack(
                "a refresh token after its logout", refreshing(renewed.refresh(), "laptop"), 401, "REFRESH_INVALID");
        Session old = logIn("tablet");
        Session changing = logIn("phone");
        attacker.send(Attacker.by("PUT", "/users/me/password", changing.access())
                .with("Content-Type", "application/json")
                .sending("{\"currentPassword\": \"" + PASSWORD + "\", \"newPassword\": \"a better battery, horse\"}"));
        attacker.attack(
                "another device's access token after a new password",
                get("/users/me", old.access()),
                401,
                "TOKEN_INVALID");
        attacker.attack(
                "another device's session after a new password",
                refreshing(old.refresh(), "tablet"),
                401,
                "REFRESH_INVALID");
        attacker.attack(
                "a refresh token in place of an access token", get("/users/me", old.refresh()), 401, "TOKEN_INVALID");
        attacker.attack(
                "an access token in place of a refresh token",
                refreshing(old.access(), "tablet"),
                400,
                "VALIDATION_FAILED");
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

    private Session logIn(String device) {
        return session(attacker.send(login(email, PASSWORD).with("User-Agent", device)), device);
    }

    private static Call login(String email, String password) {
        return post("/auth/login", "", "{\"email\": \"" + email + "\", \"password\": \"" + password + "\"}");
    }

    private Answer refresh(String token, String device) {
        return attacker.send(refreshing(token, device));
    }

    private static Call refreshing(String token, String device) {
        return post("/auth/refresh", "", "{\"refreshToken\": \"" + token + "\"}")
                .with("User-Agent", device);
    }

    private static Session session(Answer answer, String device) {
        JsonNode body = Attacker.json(answer);
        return new Session(
                body.path("accessToken").asString(""), body.path("refreshToken").asString(""), device);
    }

    private static boolean is(Answer answer, int status, String code) {
        return answer.status() == status && Attacker.code(answer).equals(code);
    }
}
