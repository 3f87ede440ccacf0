package io.onsale.loadtest.sweep;

import static io.onsale.loadtest.sweep.AbuseAttacks.is;
import static io.onsale.loadtest.sweep.AbuseAttacks.login;
import static io.onsale.loadtest.sweep.Attacker.get;
import static io.onsale.loadtest.sweep.Attacker.post;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Sessions that are kept beyond their end, or shared. */
final class SessionAttacks {
    private static final String PASSWORD = "correct horse battery";

    private final Attacker attacker;

    SessionAttacks(Attacker attacker) {
        this.attacker = attacker;
    }

    /** Logged in on a device. */
    private record Session(String access, String refresh, String device) {}

    /** Signs up; answers the address. */
    String signUp(String name) {
        String email = name + "." + UUID.randomUUID() + "@example.com";
        Answer made = attacker.send(post(
                "/auth/register",
                "",
                "{\"email\": \"" + email + "\", \"password\": \"" + PASSWORD
                        + "\", \"name\": \"Victim\", \"termsVersion\": \"2026-01\"}"));
        attacker.check("(a sign-up, for the next ones)", made.status() == 201, made);
        return email;
    }

    void run(String email, String other) {
        ended(email);
        race(other);
    }

    private void ended(String email) {
        Session phone = logIn(email, "phone");
        Session laptop = logIn(email, "laptop");
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
        Session old = logIn(email, "tablet");
        Session changing = logIn(email, "phone");
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

    /** Its owner and a thief renew the same session at the same moment. */
    private void race(String email) {
        String stolen = logIn(email, "phone").refresh();
        List<Call> calls = IntStream.range(0, 8)
                .mapToObj(i -> refreshing(stolen, i % 2 == 0 ? "phone" : "thief"))
                .toList();
        Set<String> successors = attacker.sendAtOnce(calls).stream()
                .map(answer -> session(answer, "").refresh())
                .filter(token -> !token.isEmpty())
                .collect(Collectors.toSet());
        Answer afterwards = refresh(successors.stream().findFirst().orElse(stolen), "phone");
        attacker.check(
                "one refresh token used by two devices at the same moment",
                successors.size() <= 1 && afterwards.status() == 401,
                afterwards);
    }

    private Session logIn(String email, String device) {
        return session(attacker.send(login(email, PASSWORD).with("User-Agent", device)), device);
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
}
