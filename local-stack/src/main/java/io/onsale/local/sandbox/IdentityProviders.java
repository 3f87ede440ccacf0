package io.onsale.local.sandbox;

import org.jspecify.annotations.Nullable;

/** Who says who people are: reCAPTCHA, PortOne's identity verification, and log-in at Kakao, Naver and Google. */
final class IdentityProviders {

    private final CaptchaApi captcha = new CaptchaApi();
    private final SocialApi social = new SocialApi();
    private final IdentityApi identity;

    IdentityProviders(Settings settings) {
        this.identity = new IdentityApi(settings);
    }

    Operation.@Nullable Named route(Call call) {
        Operation.Named operation = captcha.route(call);
        if (operation == null) {
            operation = identity.route(call);
        }
        return operation == null ? social.route(call) : operation;
    }
}
