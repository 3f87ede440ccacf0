package io.onsale.loadtest.sweep;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was found, one line for each kind of trouble with an operation, and the first case that showed it. */
final class Findings {

    private record Trouble(String firstCase, String firstAnswer, int times) {

        Trouble again() {
            return new Trouble(firstCase, firstAnswer, times + 1);
        }
    }

    private final Map<String, Trouble> troubles = new LinkedHashMap<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Set<String> succeeded = new TreeSet<>();
    private int calls;

    synchronized void answered(Operation operation, Answer answer) {
        calls++;
        statuses.merge(answer.status(), 1, Integer::sum);
        if (answer.status() / 100 == 2 || answer.status() / 100 == 3) {
            succeeded.add(operation.name());
        }
    }

    synchronized void wrong(Operation operation, Case asked, Cast.Part part, Answer answer, String what) {
        // Places in a list differ from case to case; the trouble is the same.
        String key = operation.name() + ": " + what.replaceAll("/\\d+", "/n");
        if (!troubles.containsKey(key)) {
            System.out.printf("WRONG %s (%s, as %s)%n", key, asked.name(), part);
        }
        troubles.merge(
                key, new Trouble(asked.name() + ", as " + part, answer.summary(), 1), (known, first) -> known.again());
    }

    synchronized boolean none() {
        return troubles.isEmpty();
    }

    synchronized void print(PrintStream out, Iterable<Operation> operations) {
        out.println("Calls by status: " + statuses);
        StringBuilder never = new StringBuilder();
        for (Operation operation : operations) {
            if (!succeeded.contains(operation.name())) {
                never.append("\n  ").append(operation.name());
            }
        }
        out.println("Never seen to succeed here (nothing to judge in its good answer):"
                + (never.isEmpty() ? " none" : never));
        troubles.forEach((key, trouble) -> out.printf(
                "%nWRONG %s%n  %d times, first by: %s%n  answer: %s%n",
                key, trouble.times(), trouble.firstCase(), trouble.firstAnswer()));
        out.printf("%n%d calls, %d kinds of trouble%n", calls, troubles.size());
    }
}
