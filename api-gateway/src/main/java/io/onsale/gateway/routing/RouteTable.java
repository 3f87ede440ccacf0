package io.onsale.gateway.routing;

import static io.onsale.gateway.routing.RoutePlan.Kind.CREDENTIALS;
import static io.onsale.gateway.routing.RoutePlan.Kind.PAYMENT;
import static io.onsale.gateway.routing.RoutePlan.Kind.PLAIN;
import static io.onsale.gateway.routing.RoutePlan.Kind.QUEUE;
import static io.onsale.gateway.routing.RoutePlan.Kind.STREAM;
import static io.onsale.gateway.routing.RoutePlan.Kind.UPLOAD;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Every route of the public API. A path whose first segment is not here does not exist, which also keeps
 * {@code /internal} and everything a service may serve besides its API out of reach.
 */
@Component
public final class RouteTable {
    private final Map<String, RoutePlan> bySegment = new LinkedHashMap<>();
    private final Map<PathPattern, RoutePlan> exceptions = new LinkedHashMap<>();

    RouteTable() {
        route("auth", Service.TICKETING, CREDENTIALS, "/auth/**");
        route("users", Service.TICKETING, PLAIN);
        route("venues", Service.TICKETING, PLAIN, "GET /venues/**");
        route("halls", Service.TICKETING, PLAIN, "GET /halls/**");
        route("events", Service.TICKETING, PLAIN, "GET /events/**");
        route("images", Service.TICKETING, PLAIN, "GET /images/**");
        route("queue", Service.QUEUE, QUEUE, "GET /queue/draw");
        route("reservations", Service.TICKETING, PLAIN, "GET /reservations/seats/{performanceId}");
        route("payments", Service.TICKETING, PAYMENT, "POST /payments/webhooks/{provider}");
        route("tickets", Service.TICKETING, PLAIN);
        route("transfers", Service.TICKETING, PLAIN, "GET /transfers");
        route("memberships", Service.TICKETING, PLAIN);
        route("merch", Service.TICKETING, PLAIN, "GET /merch/**");
        route("stats", Service.TICKETING, PLAIN);
        route("artists", Service.TICKETING, PLAIN, "GET /artists/**");
        route("news", Service.TICKETING, PLAIN, "GET /news/**");
        route("community", Service.TICKETING, PLAIN, "GET /community/**");
        route("admin", Service.TICKETING, PLAIN);

        // A stream ticket in the query stands in for the token that EventSource cannot send.
        exception("/queue/stream", new RoutePlan("queue-stream", Service.QUEUE, STREAM, open("GET /queue/stream")));
        exception(
                "/reservations/seats/{performanceId}/stream",
                new RoutePlan("seat-stream", Service.TICKETING, STREAM, open("GET /reservations/seats/*/stream")));
        // Apart from the calls of those who have a place, and of those who run the line: a crowd at the door must not
        // shed them.
        exception("/queue/enter", new RoutePlan("queue-enter", Service.QUEUE, QUEUE, List.of()));
        exception("/queue/admin/**", new RoutePlan("queue-admin", Service.QUEUE, QUEUE, List.of()));
        exception("/users/me/password", new RoutePlan("password", Service.TICKETING, CREDENTIALS, List.of()));
        exception("/events/{id}/images", new RoutePlan("image-upload", Service.TICKETING, UPLOAD, List.of()));
        exception(
                "/venues/{id}/halls/**",
                new RoutePlan("hall-upload", Service.TICKETING, UPLOAD, open("GET /venues/{id}/halls/**")));
    }

    /** All routes. */
    public Collection<RoutePlan> plans() {
        List<RoutePlan> all = new ArrayList<>(exceptions.values());
        all.addAll(bySegment.values());
        return all;
    }

    /** The route that serves a raw path, which has to be readable; null when none does. */
    public @Nullable RoutePlan planOf(String rawPath) {
        ApiCall call = ApiCall.parse(this, RequestPath.parse(rawPath, null));
        return call == null ? null : call.plan();
    }

    /** The route of a path without its prefix. */
    @Nullable
    RoutePlan find(PathContainer path) {
        for (Map.Entry<PathPattern, RoutePlan> exception : exceptions.entrySet()) {
            if (exception.getKey().matches(path)) {
                return exception.getValue();
            }
        }
        return bySegment.get(path.elements().get(1).value());
    }

    private void route(String segment, Service service, RoutePlan.Kind kind, String... openCalls) {
        bySegment.put(segment, new RoutePlan(segment, service, kind, open(openCalls)));
    }

    private void exception(String pattern, RoutePlan plan) {
        exceptions.put(PathPatternParser.defaultInstance.parse(pattern), plan);
    }

    private static List<RoutePlan.OpenCall> open(String... calls) {
        return List.of(calls).stream().map(RouteTable::openCall).toList();
    }

    private static RoutePlan.OpenCall openCall(String call) {
        int space = call.indexOf(' ');
        HttpMethod method = space < 0 ? null : HttpMethod.valueOf(call.substring(0, space));
        return new RoutePlan.OpenCall(method, PathPatternParser.defaultInstance.parse(call.substring(space + 1)));
    }
}
