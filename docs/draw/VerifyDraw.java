import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a draw with nothing but a JDK (17 or newer):
 *
 * <pre>
 * java VerifyDraw.java --entries entries.txt --seed HEX --commitment HEX --entries-hash HEX [--beacon TEXT] [--entry NUMBER] [--order]
 * </pre>
 *
 * The entry list is GET /api/v1/queue/draw/entries, the other values are GET /api/v1/queue/draw. It prints what was checked
 * and, with --entry, the position that number was drawn to; it exits with 1 when something does not fit. --order prints the
 * whole order. The algorithm is described in docs/draw/README.md; this program shares no code with the waiting room.
 */
final class VerifyDraw {

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            boolean isFlag = args[i].equals("--order");
            options.put(args[i].substring(2), isFlag ? "" : args[++i]);
        }
        List<String> entries = new ArrayList<>(Files.readAllLines(Path.of(options.get("entries"))));
        entries.removeIf(String::isBlank);
        byte[] seed = HexFormat.of().parseHex(options.get("seed"));
        boolean fits = check("seed matches the commitment", sha256(seed), options.get("commitment"));
        fits &= check("entry list matches its hash", listHash(entries), options.get("entries-hash"));
        List<String> order = order(seed, options.getOrDefault("beacon", ""), entries);
        System.out.println(entries.size() + " entries");
        String entry = options.get("entry");
        if (entry != null) {
            int at = order.indexOf(entry);
            System.out.println(at < 0 ? "entry " + entry + " is not in the list" : "entry " + entry + " was drawn to position " + (at + 1));
            fits &= at >= 0;
        }
        if (options.containsKey("order")) {
            order.forEach(System.out::println);
        }
        System.exit(fits ? 0 : 1);
    }

    private static List<String> order(byte[] seed, String beacon, List<String> entries) throws Exception {
        byte[] tail = beacon.getBytes(StandardCharsets.UTF_8);
        byte[] key = Arrays.copyOf(seed, seed.length + tail.length);
        System.arraycopy(tail, 0, key, seed.length, tail.length);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        Map<String, byte[]> values = new HashMap<>();
        for (String entry : entries) {
            values.put(entry, mac.doFinal(entry.getBytes(StandardCharsets.US_ASCII)));
        }
        List<String> order = new ArrayList<>(entries);
        order.sort(Comparator.comparing(values::get, Arrays::compareUnsigned));
        return order;
    }

    private static String listHash(List<String> entries) throws Exception {
        StringBuilder list = new StringBuilder();
        entries.stream().map(Long::valueOf).sorted().forEach(entry -> list.append(entry).append('\n'));
        return sha256(list.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static boolean check(String what, String computed, String published) {
        boolean fits = computed.equals(published);
        System.out.println((fits ? "ok: " : "DOES NOT FIT: ") + what + " (" + computed + ")");
        return fits;
    }
}
