package io.onsale.loadtest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code --name value}, {@code --name=value} and {@code --flag}, each known to its command; whatever else is a mistake. */
public final class Arguments {

    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<String> words = new java.util.ArrayList<>();
    private final TreeSet<String> known = new TreeSet<>();

    public static Arguments parse(List<String> arguments) {
        Arguments parsed = new Arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                parsed.words.add(argument);
            } else if (argument.contains("=")) {
                int equals = argument.indexOf('=');
                parsed.given.put(argument.substring(2, equals), argument.substring(equals + 1));
            } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
                parsed.given.put(argument.substring(2), arguments.get(++i));
            } else {
                parsed.given.put(argument.substring(2), "true");
            }
        }
        return parsed;
    }

    public List<String> words() {
        return List.copyOf(words);
    }

    public int number(String name, int fallback, int min, int max) {
        String value = text(name, Integer.toString(fallback));
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Complaint("--" + name + " must be a whole number from " + min + " to " + max + ", not " + value);
    }

    public double share(String name, double fallback) {
        String value = text(name, Double.toString(fallback));
        try {
            double share = Double.parseDouble(value);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Complaint("--" + name + " must be a share from 0 to 1, not " + value);
    }

    public long seed(String name) {
        String value = text(name, Long.toString(System.nanoTime() & 0xffffff));
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new Complaint("--" + name + " must be a whole number, not " + value, e);
        }
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name, "false"));
    }

    public String text(String name, String fallback) {
        known.add(name);
        return given.getOrDefault(name, fallback);
    }

    /** To be called when every setting has been read. */
    public void refuseUnknown() {
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new Complaint("there is no --" + name + " here; there are --" + String.join(", --", known));
            }
        }
    }
}
