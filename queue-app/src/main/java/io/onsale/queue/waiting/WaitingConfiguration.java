package io.onsale.queue.waiting;

import io.onsale.platform.redis.Redis;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.pass.PassMint;
import io.onsale.queue.sales.Sales;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WaitingConfiguration {

    @Bean
    Lines lines(Sales sales) {
        return new Lines(sales);
    }

    @Bean
    Macs macs(WaitingSettings settings) {
        return new Macs(settings.tokenKeys());
    }

    @Bean
    Claims claims(Redis redis, Scripts scripts, WaitingSettings settings) {
        return new Claims(redis, scripts, settings);
    }

    @Bean
    Heartbeats heartbeats(Scripts scripts, Claims claims, WaitingSettings settings) {
        return new Heartbeats(new RenewSeen(scripts), claims, settings);
    }

    @Bean
    Sweeper sweeper(Lines lines, Scripts scripts, WaitingSettings settings) {
        return new Sweeper(lines, new SweepSilent(scripts, settings));
    }

    @Bean
    WaitingRoom waitingRoom(
            Lines lines,
            Claims claims,
            Scripts scripts,
            Macs macs,
            Heartbeats heartbeats,
            PassMint passes,
            WaitingSettings settings) {
        return new WaitingRoom(
                lines,
                claims,
                new JoinLine(scripts, settings),
                new ReadPlaces(scripts),
                new LeaveLine(scripts),
                new PlaceTokens(macs),
                heartbeats,
                passes,
                settings);
    }
}
