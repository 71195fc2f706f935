package io.multicloudboutique.launcher;

import io.multicloudboutique.support.StartupRefused;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The log of the whole JVM, a file in the data folder. The console shows only messages for the user. */
final class Log {

    private Log() {}

    /**
     * Sends all log output to {@code boutique.log} in the folder. Call this method before anything is logged.
     *
     * @return the log file
     * @throws StartupRefused if the folder cannot be written to
     */
    static Path to(Path folder) {
        var file = folder.resolve("boutique.log");
        try {
            Files.createDirectories(folder);
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            // The message of a FileSystemException is often only the path; the class name states the reason.
            var reason = e instanceof FileSystemException
                    ? e.getClass().getSimpleName() + ": " + e.getMessage()
                    : e.getMessage();
            throw new StartupRefused(
                    "The data folder %s cannot be used (%s). Make it writable for user %s, or choose another folder with BOUTIQUE_DATA_DIR."
                            .formatted(folder, reason, System.getProperty("user.name")));
        }
        configure(file);
        return file;
    }

    /**
     * Initialises logging in the same way as Spring Boot. The applications that start later keep this configuration and
     * set only their log levels.
     */
    private static void configure(Path file) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "log",
                        Map.of(
                                "logging.file.name", file.toString(),
                                "logging.console.enabled", "false",
                                "logging.include-application-name", "false",
                                "logging.logback.rollingpolicy.max-file-size", "10MB",
                                "logging.logback.rollingpolicy.total-size-cap", "50MB")));
        var logging = LoggingSystem.get(Log.class.getClassLoader());
        logging.beforeInitialize();
        var logFile = LogFile.get(environment);
        logFile.applyToSystemProperties();
        logging.getSystemProperties(environment).apply(logFile);
        logging.initialize(new LoggingInitializationContext(environment), null, logFile);
        // The embedded PostgreSQL library logs the name of the distribution on each start.
        logging.setLogLevel("io.zonky", LogLevel.WARN);
    }
}
