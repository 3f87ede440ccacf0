package io.onsale.local.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds the operation of a request and runs it with the faults that wait for it. Work goes on when the client hangs up. */
final class Router {

    private final Book book;
    private final Faults faults;
    private final Times times = new Times();
    private final Webhooks webhooks;
    private final PortOneApi portOne;
    private final KakaoPayApi kakaoPay;
    private final Console console;
    private final IdentityProviders people;
    private final MailApi mails;
    private final Executor workers;

    Router(
            Book book,
            Faults faults,
            Webhooks webhooks,
            PortOneApi portOne,
            KakaoPayApi kakaoPay,
            Console console,
            IdentityProviders people,
            MailApi mails,
            Executor workers) {
        this.book = book;
        this.faults = faults;
        this.webhooks = webhooks;
        this.portOne = portOne;
        this.kakaoPay = kakaoPay;
        this.console = console;
        this.people = people;
        this.mails = mails;
        this.workers = workers;
    }

    CompletableFuture<Answer> answer(Call call) {
        Instant from = Instant.now();
        long began = System.nanoTime();
        return CompletableFuture.supplyAsync(() -> start(call, from, began), workers)
                .thenCompose(answer -> answer)
                .exceptionally(Router::translate);
    }

    private CompletableFuture<Answer> start(Call call, Instant from, long began) {
        switch (call.path()[0]) {
            case "health":
                return done(Answer.json(200, Json.object().put("status", "UP")));
            case "faults":
                return done(faults.answer(call));
            case "mails":
                return done(mails.answer(call));
            case "ledger":
                return done(LedgerView.answer(book, call));
            case "times":
                return done(times.answer(call));
            default:
                break;
        }
        Operation.Named operation = portOne.route(call);
        if (operation == null) {
            operation = kakaoPay.route(call);
        }
        if (operation == null) {
            operation = console.route(call);
        }
        if (operation == null) {
            operation = people.route(call);
        }
        if (operation == null) {
            return done(
                    Refusal.portOneAnswer(404, "NOT_FOUND", "no such call: " + call.method() + " " + call.pathText()));
        }
        Operation.Named known = operation;
        return once(known, call)
                .whenComplete(
                        (answer, failure) -> times.took(known, from, Duration.ofNanos(System.nanoTime() - began)));
    }

    private CompletableFuture<Answer> once(Operation.Named operation, Call call) {
        String key = operation.keyed() ? Idempotency.keyOf(call) : null;
        if (key == null) {
            return faulty(operation, call, null, () -> {});
        }
        Answer stored = book.idempotency().begin(key, call, Instant.now());
        return stored != null
                ? done(stored)
                : faulty(operation, call, key, () -> book.idempotency().release(key));
    }

    private CompletableFuture<Answer> faulty(
            Operation.Named operation, Call call, @Nullable String key, Runnable finished) {
        Fault fault = faults.take(operation.name(), operation.ids());
        Fault.Kind kind = fault == null ? null : fault.kind();
        Duration delay = fault == null ? Duration.ZERO : fault.delay();
        Operation work = kind == Fault.Kind.DECLINED ? operation.declined() : operation.work();
        CompletableFuture<Answer> happening = CompletableFuture.supplyAsync(
                () -> happens(kind) ? effect(work, call, key) : Answer.DROP,
                kind == Fault.Kind.SLOW
                        ? CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, workers)
                        : workers);
        return happening
                .whenComplete((answer, failure) -> finished.run())
                .thenCompose(answer -> webhooks.early(operation.ids()).thenApply(sent -> answer))
                .thenCompose(answer -> deliver(answer, kind, delay));
    }

    private static boolean happens(Fault.@Nullable Kind kind) {
        return kind != Fault.Kind.TIMEOUT && kind != Fault.Kind.ERROR_500 && kind != Fault.Kind.DROP;
    }

    private Answer effect(Operation work, Call call, @Nullable String key) {
        return book.transact(transaction -> {
            Answer answer;
            try {
                answer = work.run(transaction);
            } catch (Refusal refusal) {
                answer = refusal.answer();
            }
            if (key != null && answer.status() < 500) {
                transaction.add(Idempotency.event(key, call, answer));
            }
            return answer;
        });
    }

    private CompletableFuture<Answer> deliver(Answer answer, Fault.@Nullable Kind kind, Duration delay) {
        if (kind == null) {
            return done(answer);
        }
        return switch (kind) {
            case TIMEOUT, TIMEOUT_AFTER ->
                CompletableFuture.supplyAsync(
                        () -> Answer.DROP,
                        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, workers));
            case ERROR_500, ERROR_500_AFTER ->
                done(Refusal.portOneAnswer(500, "INTERNAL_SERVER_ERROR", "scripted failure"));
            case DROP, DROP_AFTER -> done(Answer.DROP);
            default -> done(answer);
        };
    }

    private static Answer translate(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof Refusal refusal) {
            return refusal.answer();
        }
        cause.printStackTrace();
        return Refusal.portOneAnswer(500, "INTERNAL_SERVER_ERROR", "the sandbox failed, see its log");
    }

    private static CompletableFuture<Answer> done(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
