package io.multicloudboutique.support.http;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each request, on a thread of its own, so that no request waits for the disk or the console. If the
 * queue of lines is full, requests wait, and no line is lost. Thread-safe.
 */
final class AccessLog {

    private static final int QUEUED_LINES = 8192;

    private static final Logger log = asynchronous("io.multicloudboutique.access");

    private AccessLog() {}

    static void write(RequestContext request, String method, String path, int status, long milliseconds) {
        if (log.isInfoEnabled()) {
            request.addTo(log.atInfo())
                    .log("{} {} {} {} {} ms, {}", request.requestId(), method, path, status, milliseconds, request);
        }
    }

    /** Returns a logger that passes its events to the appenders of the root logger through a queue for each of them. */
    private static Logger asynchronous(String name) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var logger = context.getLogger(name);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .iteratorForAppenders()
                .forEachRemaining(appender -> {
                    var queue = new AsyncAppender();
                    queue.setContext(context);
                    queue.setName("queue of " + appender.getName());
                    queue.setQueueSize(QUEUED_LINES);
                    queue.setDiscardingThreshold(0);
                    queue.addAppender(appender);
                    queue.start();
                    logger.addAppender(queue);
                });
        logger.setAdditive(false);
        return logger;
    }
}
