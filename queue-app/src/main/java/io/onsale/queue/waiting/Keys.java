package io.onsale.queue.waiting;

/**
 * The key dictionary. All keys of a line carry the hash tag {@code {eventId}}, so that each of its scripts runs on one
 * slot of a cluster. All scripts of a line get all its keys, in this order (see {@code line.part.lua}).
 *
 * <table>
 * <caption>Keys of one line</caption>
 * <tr><td>meta</td><td>HASH: epoch, run, began, recoverUntil, number, counters, meter, operators' settings</td></tr>
 * <tr><td>line</td><td>ZSET account by score = epoch x 2^24 + number: who waits, in order</td></tr>
 * <tr><td>seen</td><td>ZSET account by ms when last heard; people who wait only</td></tr>
 * <tr><td>joined</td><td>HASH account to ms when it took its place; people who wait only</td></tr>
 * <tr><td>grants</td><td>HASH account to "epoch:number:admittedMs:endMs:flag": the recorded grants</td></tr>
 * <tr><td>grant-ends</td><td>ZSET account by end ms of its grant: what may be forgotten</td></tr>
 * <tr><td>entries</td><td>ZSET account by entry score: who is in the draw</td></tr>
 * <tr><td>gone</td><td>ZSET account by ms when it left: its older place tokens are void</td></tr>
 * <tr><td>active</td><td>ZSET epoch:number by end ms: slots of active shoppers</td></tr>
 * <tr><td>admissions</td><td>STREAM of recorded grants, relayed to Kafka and to open streams</td></tr>
 * <tr><td>requests</td><td>ZSET request id by ms: which leaves were already done</td></tr>
 * <tr><td>drawn</td><td>ZSET account by entry score: the closed entry list of the draw</td></tr>
 * </table>
 *
 * Everything lives as long as the line; {@code sweep_silent.lua} forgets what is old. Besides: {@code q:claim:{account}},
 * the claim of "one line at a time", which lives as long as silence allows.
 */
public final class Keys {
    private static final String[] OF_A_LINE = {
        "meta",
        "line",
        "seen",
        "joined",
        "grants",
        "grant-ends",
        "entries",
        "gone",
        "active",
        "admissions",
        "requests",
        "drawn"
    };
    private static final int ADMISSIONS = 9;
    private static final int DRAWN = 11;

    private Keys() {}

    /** All keys of an event's line, in the order the scripts expect. */
    static String[] ofLine(String eventId) {
        String[] keys = new String[OF_A_LINE.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "q:{" + eventId + "}:" + OF_A_LINE[i];
        }
        return keys;
    }

    /** The stream of recorded grants of a line. */
    public static String admissions(String eventId) {
        return "q:{" + eventId + "}:" + OF_A_LINE[ADMISSIONS];
    }

    /** The closed entry list of a line's draw. */
    public static String drawn(String eventId) {
        return "q:{" + eventId + "}:" + OF_A_LINE[DRAWN];
    }

    /** The claim of an account: which line it stands in. */
    static String claim(String userId) {
        return "q:claim:{" + userId + "}";
    }
}
