package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that wait for their call. Kept in memory: a restart of the sandbox forgets them. */
final class Faults {

    private final List<Fault> waiting = new ArrayList<>();

    /** The first fault that matches, used up by one. {@code times: -1} is never used up. */
    synchronized @Nullable Fault take(String operation, List<String> ids) {
        for (int i = 0; i < waiting.size(); i++) {
            Fault fault = waiting.get(i);
            if (fault.matches(operation, ids)) {
                if (fault.times() == 1) {
                    waiting.remove(i);
                } else if (fault.times() > 1) {
                    waiting.set(i, fault.usedOnce());
                }
                return fault;
            }
        }
        return null;
    }

    synchronized Answer answer(Call call) {
        return switch (call.method()) {
            case "GET" -> list();
            case "POST" -> add(call);
            case "DELETE" -> {
                waiting.removeIf(fault -> call.path().length == 1 || fault.id().equals(call.path()[1]));
                yield list();
            }
            default -> Answer.json(405, Json.object().put("message", "GET, POST or DELETE"));
        };
    }

    private Answer add(Call call) {
        try {
            Fault fault = Fault.of(Json.parse(call.body()));
            waiting.add(fault);
            return Answer.json(201, fault.toJson());
        } catch (IllegalArgumentException | IOException e) {
            return Answer.json(400, Json.object().put("message", String.valueOf(e.getMessage())));
        }
    }

    private Answer list() {
        ObjectNode body = Json.object();
        ArrayNode faults = body.putArray("faults");
        waiting.forEach(fault -> faults.add(fault.toJson()));
        return Answer.json(200, body);
    }
}
