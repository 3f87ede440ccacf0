package io.onsale.local.launch;

import java.util.Map;
import java.util.TreeMap;

/** Lets people of the local stack log in at the sandbox's Kakao, Naver and Google. */
final class SocialSettings {

    private static final String CLIENTS = "ONSALE_ACCOUNTS_PROVIDERS_SOCIAL_CLIENTS_";

    private SocialSettings() {}

    static Map<String, String> of(String sandbox, String gateway) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("ONSALE_ACCOUNTS_PROVIDERS_SOCIAL_CALLBACKBASEURL", gateway);
        settings.put("ONSALE_ACCOUNTS_PROVIDERS_SOCIAL_RETURNURL", gateway + "/");
        client(
                settings,
                "KAKAO",
                sandbox + "/kauth/oauth/authorize",
                sandbox + "/kauth/oauth/token",
                sandbox + "/kapi/v2/user/me");
        client(
                settings,
                "NAVER",
                sandbox + "/nid/oauth2.0/authorize",
                sandbox + "/nid/oauth2.0/token",
                sandbox + "/naver/v1/nid/me");
        client(
                settings,
                "GOOGLE",
                sandbox + "/google/o/oauth2/v2/auth",
                sandbox + "/google/token",
                sandbox + "/google/v1/userinfo");
        return settings;
    }

    private static void client(
            Map<String, String> settings, String provider, String authorize, String token, String profile) {
        settings.put(CLIENTS + provider + "_CLIENTID", "onsale-local");
        settings.put(CLIENTS + provider + "_CLIENTSECRET", "onsale-local");
        settings.put(CLIENTS + provider + "_AUTHORIZEURI", authorize);
        settings.put(CLIENTS + provider + "_TOKENURI", token);
        settings.put(CLIENTS + provider + "_PROFILEURI", profile);
    }
}
