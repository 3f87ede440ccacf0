package io.onsale.gateway.resilience;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import reactor.netty.http.client.HttpClient;

/**
 * The gateway's sender and writer with two header filters. The default set of eight copies all headers eight times per
 * request, and its parts do not know who is trusted.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

    @Bean
    NettyRoutingFilter upstreamSender(HttpClient http, HttpClientProperties properties) {
        return new UpstreamSender(http, only(new InwardHeaders(), new OutwardHeaders()), properties);
    }

    @Bean
    NettyWriteResponseFilter upstreamAnswerWriter() {
        return new NettyWriteResponseFilter(List.of(MediaType.TEXT_EVENT_STREAM), only());
    }

    private static ObjectProvider<List<HttpHeadersFilter>> only(HttpHeadersFilter... filters) {
        List<HttpHeadersFilter> list = List.of(filters);
        return new ObjectProvider<>() {
            @Override
            public List<HttpHeadersFilter> getObject() {
                return list;
            }
        };
    }
}
