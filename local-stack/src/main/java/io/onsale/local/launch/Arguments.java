package io.onsale.local.launch;

import org.jspecify.annotations.Nullable;

/** The options of `up`. */
record Arguments(
        @Nullable Integer queueInstances,
        @Nullable Integer ticketingInstances,
        @Nullable Boolean throughProxy,
        boolean attach) {

    static final Arguments NONE = new Arguments(null, null, null, false);

    static Arguments of(String... words) {
        Integer queues = null;
        Integer ticketings = null;
        Boolean proxy = null;
        boolean attach = false;
        for (int i = 0; i < words.length; i++) {
            String[] parts = words[i].split("=", 2);
            switch (parts[0]) {
                case "--attach" -> attach = true;
                case "--through-proxy" -> proxy = true;
                case "--queue-instances" -> queues = number(parts[0], parts.length > 1 ? parts[1] : next(words, i++));
                case "--ticketing-instances" ->
                    ticketings = number(parts[0], parts.length > 1 ? parts[1] : next(words, i++));
                default -> throw new LaunchFailure("`up` has no option " + words[i] + ". See ./onsale help.");
            }
        }
        return new Arguments(queues, ticketings, proxy, attach);
    }

    static int number(String name, String value) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new LaunchFailure(name + " must be a number, not \"" + value + "\".");
        }
    }

    private static String next(String[] words, int at) {
        if (at + 1 >= words.length) {
            throw new LaunchFailure(words[at] + " needs a number.");
        }
        return words[at + 1];
    }
}
