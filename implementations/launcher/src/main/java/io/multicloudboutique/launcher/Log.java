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

/** The log of everything, a file in the data folder: the console is for people. */
final class Log {

    private Log() {}

    /**
     * From here on, what is logged goes to {@code boutique.log}. Nothing may be logged earlier.
     *
     * @return the file
     * @throws StartupRefused if the folder cannot be written to
     */
    static Path to(Path folder) {
        var file = folder.resolve("boutique.log");
        try {
            Files.createDirectories(folder);
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            // A FileSystemException's message is often the path alone: its class says what happened to it.
            var reason = e instanceof FileSystemException
                    ? e.getClass().getSimpleName() + ": " + e.getMessage()
                    : e.getMessage();
            throw new StartupRefused(
                    "The data folder %s cannot be used (%s): make it writable for user %s, or choose another one with BOUTIQUE_DATA_DIR."
                            .formatted(folder, reason, System.getProperty("user.name")));
        }
        configure(file);
        return file;
    }

    /** As Spring Boot does it, which leaves logging alone when its applications start later, but for the levels. */
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
        // It tells the distribution's name on each start.
        logging.setLogLevel("io.zonky", LogLevel.WARN);
    }
}
