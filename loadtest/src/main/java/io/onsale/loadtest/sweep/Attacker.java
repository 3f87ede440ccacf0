package io.onsale.loadtest.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tries attacks one by one, and writes down which of them got further than they may. */
final class Attacker {
    /** What no answer may tell a stranger. */
    private static final Pattern LEAK = Pattern.compile(
            "io\\.onsale|java\\.lang|Exception|\\bat [a-z.]+\\(|r2dbc|lettuce|select .* from|/root/|/app/",
            Pattern.CASE_INSENSITIVE);

    /** One attack, and what came of it. */
    record Attempt(String kind, String name, boolean heldOff, String answer) {}

    private final Wire wire;
    private final Loot loot = new Loot();
    private final AtomicInteger addresses = new AtomicInteger(90_000);
    private final List<Attempt> attempts = new ArrayList<>();
    private String kind = "";

    Attacker(Wire wire) {
        this.wire = wire;
    }

    /** What follows is of this kind. */
    void begin(String kindOfAttacks) {
        kind = kindOfAttacks;
        System.out.println(kindOfAttacks);
    }

    /** The attack must be answered with this status and code; an empty code means that any will do. */
    Answer attack(String name, Call call, int status, String code) {
        Answer answer = send(call);
        check(name, answer.status() == status && (code.isEmpty() || code.equals(code(answer))), answer);
        return answer;
    }

    /** What is not one call with one answer. */
    void check(String name, boolean repelled, Answer answer) {
        boolean leaks = answer.status() >= 400 && LEAK.matcher(answer.text()).find();
        boolean heldOff = repelled && !leaks;
        String told = (leaks ? "tells too much: " : "") + answer.summary();
        attempts.add(new Attempt(kind, name, heldOff, told));
        System.out.println(heldOff ? "  held    " + name : "  BROKEN  " + name + "\n          " + told);
    }

    /** From an address of its own unless the call names one, so that limits of addresses do not hide anything. */
    Answer send(Call call) {
        Call from = call.headers().containsKey("X-Forwarded-For") ? call : call.with("X-Forwarded-For", address());
        Answer answer = wire.send(from);
        loot.take(from, answer);
        return answer;
    }

    /** All at the same moment, each on a thread and a connection of its own. */
    List<Answer> sendAtOnce(List<Call> calls) {
        List<CompletableFuture<Answer>> underWay = calls.stream()
                .map(call ->
                        CompletableFuture.supplyAsync(() -> send(call), task -> new Thread(task, "attacker").start()))
                .toList();
        return underWay.stream().map(CompletableFuture::join).toList();
    }

    /** Every secret that it sent or was told. */
    Loot loot() {
        return loot;
    }

    /** An address that nobody used yet. */
    String address() {
        int host = addresses.incrementAndGet();
        return "198." + (18 + (host >> 16)) + "." + (host >> 8 & 255) + "." + (host & 255);
    }

    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** Those that were not held off. */
    List<Attempt> broken() {
        return attempts.stream().filter(attempt -> !attempt.heldOff()).toList();
    }

    static Call get(String path, String token) {
        return by("GET", path, token);
    }

    static Call by(String method, String path, String token) {
        Call call = Call.of(method, "/api/v1" + path);
        return token.isEmpty() ? call : call.with("Authorization", "Bearer " + token);
    }

    static Call post(String path, String token, String json) {
        return by("POST", path, token)
                .with("Content-Type", "application/json")
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .sending(json);
    }

    static String code(Answer answer) {
        return json(answer).path("code").asString("");
    }

    static JsonNode json(Answer answer) {
        try {
            return JsonMapper.shared().readTree(answer.body());
        } catch (JacksonException e) {
            return JsonMapper.shared().createObjectNode();
        }
    }
}
