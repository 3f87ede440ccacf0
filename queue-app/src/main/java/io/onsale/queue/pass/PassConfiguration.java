package io.onsale.queue.pass;

import io.onsale.platform.tokens.TokenSigner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PassConfiguration {

    @Bean
    PassMint passMint(TokenSigner signer) {
        return new PassMint(signer);
    }
}
