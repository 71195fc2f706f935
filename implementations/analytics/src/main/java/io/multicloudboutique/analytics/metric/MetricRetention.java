package io.multicloudboutique.analytics.metric;

import io.multicloudboutique.support.work.PeriodicTask;
import io.multicloudboutique.support.work.Retention;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Deletes old metrics if {@code BOUTIQUE_RETENTION_METRICS} is set. The summaries cover the remaining metrics. */
@Configuration(proxyBeanMethods = false)
class MetricRetention {

    @Bean
    @ConditionalOnProperty("boutique.retention.metrics")
    PeriodicTask deleteOldMetrics(@Value("${boutique.retention.metrics}") Duration period, MetricRepository metrics) {
        return Retention.of("metrics", period, metrics::deleteBefore);
    }
}
