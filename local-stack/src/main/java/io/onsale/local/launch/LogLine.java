package io.onsale.local.launch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A structured log line in a form to read: level and message, not the whole record. */
final class LogLine {

    private static final int WIDEST = 500;
    private static final Pattern LEVEL = Pattern.compile("\"level\":\"(\\w+)\"");
    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private LogLine() {}

    static String readable(String line) {
        if (!line.startsWith("{")) {
            return cut(line);
        }
        Matcher level = LEVEL.matcher(line);
        StringBuilder text = new StringBuilder(level.find() ? level.group(1) + " " : "");
        Matcher message = MESSAGE.matcher(line);
        while (message.find()) { // the record's own, then its error's
            text.append(message.group(1).replace("\\n", " ").replace("\\t", " ").replace("\\\"", "\""))
                    .append(" ");
        }
        return cut(text.toString().strip());
    }

    private static String cut(String text) {
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST) + " ...";
    }
}
