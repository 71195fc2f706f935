package io.multicloudboutique.infra;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips a test class if no container engine is available, or fails it if {@code DOCKER_TESTS=required}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsEngine.Condition.class)
@interface NeedsEngine {

    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (DockerClientFactory.instance().isDockerAvailable()) {
                return ConditionEvaluationResult.enabled("A container engine is available");
            }
            var reason = "No container engine is available: start Docker, or set DOCKER_HOST";
            if ("required".equals(System.getenv("DOCKER_TESTS"))) {
                throw new IllegalStateException(reason + ". DOCKER_TESTS=required forbids skipping this test.");
            }
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
