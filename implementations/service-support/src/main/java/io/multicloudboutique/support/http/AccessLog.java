package io.multicloudboutique.support.http;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each request, on a thread of its own, so that no request waits for the disk or the console. If the
 * queue of lines is full, requests wait, and no line is lost. Thread-safe.
 */
final class AccessLog {

    private static final int QUEUED_LINES = 8192;

    /** At 20,000 requests per second, 200 lines gather in this time. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

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
                    queue.addAppender(new Pausing(queue, appender));
                    queue.start();
                    logger.addAppender(queue);
                });
        logger.setAdditive(false);
        return logger;
    }

    /**
     * Pauses the thread of the queue when it has written all lines, so that lines gather. Otherwise, almost each request
     * would wake up the thread; this took 8 % of the time of a single read. The stop of the queue ends the pause.
     */
    private static final class Pausing extends AppenderBase<ILoggingEvent> {

        private final AsyncAppender queue;
        private final Appender<ILoggingEvent> appender;

        Pausing(AsyncAppender queue, Appender<ILoggingEvent> appender) {
            this.queue = queue;
            this.appender = appender;
            start();
        }

        @Override
        protected void append(ILoggingEvent event) {
            appender.doAppend(event);
            if (queue.getNumberOfElementsInQueue() == 0) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }
}
