package io.multicloudboutique.support.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Records the access log, the debug lines about clients, and the warnings and errors of all loggers. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final String ACCESS = "io.multicloudboutique.access";

    private static final Logger DEADLINES = (Logger) LoggerFactory.getLogger(ClientDeadlines.class);

    private final CopyOnWriteArrayList<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final List<Logger> loggers;

    private LogLines() {
        loggers = List.of(
                (Logger) LoggerFactory.getLogger(ACCESS), (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME));
    }

    static LogLines record() {
        var lines = new LogLines();
        lines.start();
        lines.loggers.forEach(logger -> logger.addAppender(lines));
        lines.loggers.get(0).setLevel(Level.INFO);
        DEADLINES.setLevel(Level.DEBUG);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.addIfAbsent(event); // both loggers pass the same event if the access log has no queue
    }

    /** Returns the access lines of requests with this path, without request id and duration: {@code GET /food 200}. */
    List<String> access(String path) {
        return events.stream()
                .filter(event -> event.getLoggerName().equals(ACCESS))
                .map(event -> event.getFormattedMessage().split(" "))
                .filter(words -> words[2].equals(path))
                .map(words -> words[1] + " " + words[2] + " " + words[3])
                .toList();
    }

    List<String> debug() {
        return events.stream()
                .filter(event -> event.getLevel() == Level.DEBUG)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    List<String> warnings() {
        return events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(event -> event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .toList();
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.detachAppender(this));
        loggers.get(0).setLevel(null);
        DEADLINES.setLevel(null);
        stop();
    }
}
