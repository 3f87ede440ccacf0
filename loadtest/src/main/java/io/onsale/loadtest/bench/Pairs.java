package io.onsale.loadtest.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * A and B in alternating pairs: what the machine does to one it does to the other, so their ratio is the claim.
 *
 * @param a figures of A, pair by pair
 */
record Pairs(List<Double> a, List<Double> b) {

    /** Every second pair begins with B. */
    static Pairs run(int pairs, DoubleSupplier measureA, DoubleSupplier measureB, Consumer<String> progress) {
        List<Double> a = new ArrayList<>();
        List<Double> b = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            boolean aFirst = pair % 2 == 0;
            double first = (aFirst ? measureA : measureB).getAsDouble();
            double second = (aFirst ? measureB : measureA).getAsDouble();
            a.add(aFirst ? first : second);
            b.add(aFirst ? second : first);
            progress.accept(String.format(
                    "pair %d: %.1f / %.1f = %.3f", pair + 1, a.get(pair), b.get(pair), a.get(pair) / b.get(pair)));
        }
        return new Pairs(a, b);
    }

    List<Double> ratios() {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            ratios.add(a.get(i) / b.get(i));
        }
        return ratios;
    }

    double ratio() {
        return median(ratios());
    }

    double least() {
        return Collections.min(ratios());
    }

    double most() {
        return Collections.max(ratios());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
