package io.onsale.local.launch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Settings from the environment of `up` for some apps only: {@code ONSALE_SETTINGS_QUEUE}, {@code ONSALE_SETTINGS_QUEUE_1}. */
final class MoreSettings {

    private MoreSettings() {}

    /** @param name of the instance, e.g. {@code queue-1} */
    static Map<String, String> of(String name, Map<String, String> environment) {
        String instance = name.toUpperCase(Locale.ROOT).replace('-', '_');
        String app = instance.replaceFirst("_\\d+$", "");
        Map<String, String> settings = new TreeMap<>();
        for (String who : List.of(app, instance)) {
            for (String setting :
                    environment.getOrDefault("ONSALE_SETTINGS_" + who, "").split(";", -1)) {
                int equals = setting.indexOf('=');
                if (equals > 0) {
                    settings.put(
                            setting.substring(0, equals).strip(),
                            setting.substring(equals + 1).strip());
                }
            }
        }
        return settings;
    }
}
