package io.multicloudboutique.support.ratelimit;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.support.security.OpenPages;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Limits the requests of each caller. This configuration is not active if no limit is set. */
@AutoConfiguration
@Conditional(RateLimitAutoConfiguration.LimitIsSet.class)
@EnableConfigurationProperties(RateLimitSettings.class)
public class RateLimitAutoConfiguration {

    static class LimitIsSet implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return RateLimitSettings.of(context.getEnvironment()).limit().isPresent();
        }
    }

    @Bean
    RateLimit rateLimit(RateLimitSettings settings, OpenPages unlimited, MeterRegistry meters) {
        return new RateLimit(settings.limit().orElseThrow(), unlimited, meters);
    }
}
