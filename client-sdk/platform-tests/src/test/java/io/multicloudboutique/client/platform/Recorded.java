package io.multicloudboutique.client.platform;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Records which operations of a client return a result during a test class, and fails the class if an operation never
 * does. The SDK's own tests call all overloads and views of an operation. Register it as a static extension. The extension checks nothing unless all tests of the class have passed.
 */
final class Recorded<C> implements AfterEachCallback, AfterAllCallback {

    private final Class<C> type;
    private final Set<String> returned = ConcurrentHashMap.newKeySet();
    private final Set<Method> passed = ConcurrentHashMap.newKeySet();

    private Recorded(Class<C> type) {
        this.type = type;
    }

    static <C> Recorded<C> of(Class<C> type) {
        return new Recorded<>(type);
    }

    /** Wraps this client, so that its calls are recorded. */
    C around(C client) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        var result = method.invoke(client, arguments);
                        returned.add(method.getName());
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            passed.add(context.getRequiredTestMethod());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var tests = AnnotationSupport.findAnnotatedMethods(
                context.getRequiredTestClass(), Test.class, HierarchyTraversalMode.TOP_DOWN);
        if (passed.containsAll(tests)) {
            assertThat(Arrays.stream(type.getMethods())
                            .filter(method -> !Modifier.isStatic(method.getModifiers()))
                            .map(Method::getName)
                            .distinct()
                            .filter(name -> !name.equals("withRawResponse"))
                            .filter(not(returned::contains)))
                    .as("operations that no test of %s calls successfully", context.getDisplayName())
                    .isEmpty();
        }
    }
}
