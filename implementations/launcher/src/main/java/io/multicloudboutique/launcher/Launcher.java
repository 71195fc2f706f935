package io.multicloudboutique.launcher;

import io.multicloudboutique.support.OneLineStartupFailure;
import io.multicloudboutique.support.ServiceApplication;
import io.multicloudboutique.support.StartupRefused;
import io.multicloudboutique.support.database.Database;
import io.multicloudboutique.support.database.DatabaseUnavailable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/**
 * Starts the database, the start page and the services in one JVM. The arguments name the services to start; without
 * arguments, all services start. The start page and each service listen on a port of their own on 127.0.0.1 and ::1. SIGINT and
 * SIGTERM stop everything in reverse order, the database last. If something cannot start, or the embedded database has
 * ended and cannot be started again, the launcher prints the reason in one line on standard error and exits with 1.
 */
public final class Launcher {

    /** A startup failure whose reason Spring Boot has already printed on the console. */
    private static final class Reported extends RuntimeException {

        Reported(Throwable failure) {
            super(failure);
        }
    }

    private final long begin = System.nanoTime();
    private final Running running = new Running();
    private final Settings settings;
    private final Path log;
    private final LiveServices services;

    /**
     * Shared by all web servers. With Reactor Netty's global event loops, the first server to stop would end the
     * requests that the other servers still process.
     */
    private final LoopResources eventLoops = LoopResources.create("http");

    private Launcher(Settings settings, Path log) {
        this.settings = settings;
        this.log = log;
        services = new LiveServices(settings.services(), settings.portBase());
    }

    public static void main(String[] arguments) {
        try {
            var settings = Settings.from(List.of(arguments), System.getenv());
            Ports.requireFree(settings.portBase(), settings.services());
            new Launcher(settings, Log.to(settings.dataFolder())).start();
        } catch (CancellationException stopping) {
            // A signal arrived during the start. The shutdown hook stops the parts that have already started.
        } catch (Reported reported) {
            System.exit(1);
        } catch (RuntimeException | Error failure) {
            var line = OneLineStartupFailure.describe(failure);
            System.err.println(
                    line != null ? line : failure.toString().lines().findFirst().orElse(""));
            System.exit(1);
        }
    }

    private void start() {
        Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "stop"));
        try {
            var database = step("database", this::database);
            database.onFailure(Launcher::exit);
            step(
                    "start page",
                    () -> web(
                            "start page",
                            StartPage.application(services, settings.portBase()),
                            StartPage.class,
                            settings.portBase()));
            for (var service : settings.services()) {
                var context = step(
                        service.id(),
                        () -> web(
                                service.id(),
                                ServiceApplication.of(service.application(), service.id()),
                                service.application(),
                                service.port(settings.portBase()),
                                serviceSettings(service, database)));
                services.started(service, context);
            }
            announce(database);
        } catch (CancellationException stopping) {
            throw stopping;
        } catch (RuntimeException | Error failure) {
            LoggerFactory.getLogger(Launcher.class).error("The launcher could not start", failure);
            throw failure;
        }
    }

    /** Ends the launcher, because the services can only fail without the database. */
    private static void exit(DatabaseUnavailable failure) {
        System.err.println(failure.getMessage());
        System.exit(1);
    }

    private <T extends AutoCloseable> T step(String name, Supplier<T> part) {
        System.out.printf("  %-12s", name);
        System.out.flush();
        var took = "-";
        try {
            var started = running.start(part);
            took = elapsed();
            return started;
        } finally {
            System.out.println(took);
        }
    }

    private String elapsed() {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begin) / 1e9);
    }

    private Database database() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "settings",
                        Map.of("BOUTIQUE_DATA_DIR", settings.dataFolder().toString())));
        var database = Database.from(environment);
        database.requireAnswer();
        return database;
    }

    private ConfigurableApplicationContext web(
            String name,
            SpringApplicationBuilder application,
            Class<?> nameInLog,
            int port,
            String... furtherSettings) {
        var arguments = new ArrayList<>(List.of(furtherSettings));
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--server.port=" + port);
        // The JVM has one logging system for all applications. By default, every log line would have the name of the
        // application that started last, and the first application to stop would close the log.
        arguments.add("--logging.include-application-name=false");
        arguments.add("--logging.register-shutdown-hook=false");
        try {
            // Spring Boot's own shutdown hook would stop the applications in the order in which they started.
            return application
                    .main(nameInLog)
                    .registerShutdownHook(false)
                    .initializers(this::shareEventLoops)
                    .run(arguments.toArray(String[]::new));
        } catch (RuntimeException failure) {
            if (OneLineStartupFailure.describe(failure) != null) {
                throw new Reported(failure);
            }
            throw new StartupRefused("%s could not start (%s). The log has the details: %s"
                    .formatted(name, failure.toString().lines().findFirst().orElse(""), log));
        }
    }

    private void shareEventLoops(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context).registerBean(ReactorResourceFactory.class, () -> {
            var resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setLoopResources(eventLoops);
            return resources;
        });
    }

    private String[] serviceSettings(Service service, Database database) {
        var arguments = new ArrayList<String>();
        arguments.add("--management.server.address=127.0.0.1");
        arguments.add("--management.server.port=" + service.managementPort(settings.portBase()));
        arguments.add("--DATABASE_URL=" + database.address());
        arguments.add("--boutique.cors.allowed-origins="
                + String.join(",", origin("localhost"), origin("127.0.0.1"), origin("[::1]")));
        for (var upstream : Service.values()) {
            arguments.add("--%s.service.url=http://127.0.0.1:%d"
                    .formatted(upstream.id(), upstream.port(settings.portBase())));
        }
        return arguments.toArray(String[]::new);
    }

    /**
     * Returns the start page's origin as browsers send it in {@code Origin}: without the port if it is 80, the default
     * of HTTP.
     */
    private String origin(String host) {
        return "http://" + host + (settings.portBase() == 80 ? "" : ":" + settings.portBase());
    }

    private void announce(Database database) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("Multicloud Boutique is up after " + elapsed() + ".");
        lines.add(line("Start here", origin("localhost")));
        for (var service : settings.services()) {
            lines.add(line(
                    service.title(), "http://localhost:" + service.port(settings.portBase()) + "/swagger-ui.html"));
        }
        lines.add(line(
                "Metrics",
                "http://localhost:%d/actuator/prometheus (each service: its port + %d)"
                        .formatted(
                                settings.services().iterator().next().managementPort(settings.portBase()),
                                Service.MANAGEMENT_OFFSET)));
        for (var service : settings.services()) {
            service.upstreamMissingIn(settings.services())
                    .ifPresent(upstream -> lines.add("%s is not started. Until it runs on port %d, %s %s."
                            .formatted(
                                    upstream.title(),
                                    upstream.port(settings.portBase()),
                                    service.title(),
                                    service.withoutUpstream())));
        }
        lines.add(line("Data", database + (settings.ownDatabase() ? "" : ", files in " + settings.dataFolder())));
        lines.add(line("Log", log.toString()));
        lines.add("Ctrl-C stops everything.");
        System.out.println(String.join(System.lineSeparator(), lines));
    }

    private static String line(String name, String value) {
        return "  %-12s%s".formatted(name, value);
    }
}
