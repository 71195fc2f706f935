package io.multicloudboutique.testing;

import io.multicloudboutique.support.ServiceApplication;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Runs the real service on a free port and with a database of its own for the duration of a test class. In a {@link
 * GivenDatabase}, it has its own schema. Register it as a static extension.
 */
public final class RunningService implements BeforeAllCallback, AfterAllCallback {

    private final Class<?> application;
    private final String name;
    private final List<Supplier<String>> settings;
    private @Nullable ConfigurableApplicationContext context;
    private @Nullable TestDatabase database;

    private RunningService(Class<?> application, String name, List<Supplier<String>> settings) {
        this.application = application;
        this.name = name;
        this.settings = settings;
    }

    /**
     * Creates the extension, which starts the service before the first test of the class.
     *
     * @param application the service's {@code @SpringBootApplication} class
     * @param name the service's name
     * @param settings properties such as {@code inventory.service.url=…}; each supplier is called when the service
     *     starts
     */
    @SafeVarargs
    public static RunningService of(Class<?> application, String name, Supplier<String>... settings) {
        return new RunningService(application, name, List.of(settings));
    }

    @Override
    public void beforeAll(ExtensionContext extensionContext) {
        database = GivenDatabase.isSet()
                ? GivenDatabase.open(List.of(name))
                : TestServer.of(extensionContext).createDatabase();
        start();
    }

    @Override
    public void afterAll(ExtensionContext extensionContext) {
        stop();
        database().close();
    }

    /**
     * Restarts the service on the same database, with these additional settings, such as
     * {@code spring.r2dbc.pool.max-size=1}.
     */
    public void restart(String... more) {
        stop();
        start(more);
    }

    /**
     * Starts another instance of the service with the same settings on the same database, in this JVM. The caller must
     * stop it.
     */
    public RunningService startAnother() {
        var another = new RunningService(application, name, settings);
        another.database = database();
        another.start();
        return another;
    }

    public void stop() {
        if (context != null) {
            context.close();
        }
    }

    private void start(String... more) {
        var arguments = new ArrayList<String>();
        settings.forEach(setting -> arguments.add("--" + setting.get()));
        List.of(more).forEach(setting -> arguments.add("--" + setting));
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--server.port=0");
        if (Stream.of(more).noneMatch(setting -> setting.startsWith("DATABASE_URL="))) {
            arguments.add("--DATABASE_URL=" + database().url());
        }
        context = ServiceApplication.of(application, name)
                .initializers(RunningService::useOwnEventLoops, SqlCalls::record)
                .run(arguments.toArray(String[]::new));
    }

    /**
     * By default, all services of a JVM share their event loops, and the first one that stops would end them for the others. The
     * default also waits for two seconds at each stop.
     */
    private static void useOwnEventLoops(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context).registerBean(ReactorResourceFactory.class, () -> {
            var resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            return resources;
        });
    }

    /** Returns the service's name. Its contract and its database schema have the same name. */
    public String name() {
        return name;
    }

    public TestDatabase database() {
        return Objects.requireNonNull(database, "The service is not running yet");
    }

    public URI url() {
        return url("local.server.port");
    }

    /** Returns the address of the management server. */
    public URI managementUrl() {
        return url("local.management.port");
    }

    private URI url(String port) {
        var running = Objects.requireNonNull(context, "The service is not running yet");
        return URI.create("http://127.0.0.1:" + running.getEnvironment().getRequiredProperty(port));
    }

    /** Reads the current metrics of the service. */
    public Scrape scrape() {
        return Scrape.of(managementUrl());
    }

    /** Returns a bean of the service, for tests of code without an HTTP interface. */
    public <T> T bean(Class<T> type) {
        return Objects.requireNonNull(context, "The service is not running yet").getBean(type);
    }

    public ContractClient client() {
        return ContractClient.of(name, url());
    }
}
