package io.multicloudboutique.support.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.support.EmptyService;
import io.multicloudboutique.support.ratelimit.RateLimit;
import io.multicloudboutique.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.security.web.server.WebFilterChainProxy;

class OpenAccessTest {

    @RegisterExtension
    static final RunningService service =
            RunningService.of(EmptyService.class, "food", () -> "boutique.security.mode=none");

    @Test
    void openAccessCreatesNoSecurityBeans() {
        service.client().get("/health").header("X-API-Key", "any").expect(200);
        service.client().get("/food/1").expectProblem(404, "not-found"); // the service has no operations of its own
        assertThatThrownBy(() -> service.bean(WebFilterChainProxy.class))
                .isInstanceOf(NoSuchBeanDefinitionException.class);
        assertThatThrownBy(() -> service.bean(SecuritySettings.class))
                .isInstanceOf(NoSuchBeanDefinitionException.class);
    }

    @Test
    void thereIsNoRateLimitByDefault() {
        assertThatThrownBy(() -> service.bean(RateLimit.class)).isInstanceOf(NoSuchBeanDefinitionException.class);
        assertThat(service.client().get("/food/1").expect(404).header("RateLimit-Policy"))
                .isEmpty();
    }
}
