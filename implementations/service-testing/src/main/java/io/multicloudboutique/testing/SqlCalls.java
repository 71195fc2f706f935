package io.multicloudboutique.testing;

import java.lang.StackWalker.StackFrame;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Records which lines of a service's code have called {@link DatabaseClient#sql}, and with which statements, so that a
 * test can prove that it has seen the statements of all lines. Thread-safe.
 */
final class SqlCalls implements BeanPostProcessor {

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):[a-z]\\w*|\\$\\d+", Pattern.CASE_INSENSITIVE);

    /** The line of a call, by its statement. */
    private final Map<String, String> lines = new ConcurrentHashMap<>();

    /** Lets the service record its calls. They are then in its bean of this class. */
    static void record(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context).registerBean(SqlCalls.class);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof DatabaseClient)) {
            return bean;
        }
        var proxy = new ProxyFactory(bean);
        proxy.addAdvice((MethodInterceptor) call -> {
            if (call.getMethod().getName().equals("sql") && call.getArguments()[0] instanceof String statement) {
                lines.put(statement, caller());
            }
            return call.proceed();
        });
        return proxy.getProxy();
    }

    /**
     * Returns the lines whose statements are among these.
     *
     * @param received statements as PostgreSQL has received them, with {@code $1} instead of {@code :name}
     * @return lines such as {@code name.of.a.Class:12}
     */
    Set<String> linesOf(Collection<String> received) {
        var withoutNames = received.stream().map(SqlCalls::withoutParameters).collect(Collectors.toSet());
        return lines.entrySet().stream()
                .filter(call -> withoutNames.contains(withoutParameters(call.getKey())))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    /** If this replaces too much, two statements look the same; if it replaces too little, a line seems to be missing. */
    private static String withoutParameters(String statement) {
        return PARAMETER.matcher(statement.strip()).replaceAll("?");
    }

    private static String caller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> frame.getClassName().startsWith("io.multicloudboutique.")
                                && !frame.getClassName().startsWith(SqlCalls.class.getName()))
                        .map(SqlCalls::line)
                        .findFirst()
                        .orElse("?"));
    }

    private static String line(StackFrame frame) {
        return frame.getClassName() + ":" + frame.getLineNumber();
    }
}
