package io.multicloudboutique.client;

/**
 * The operations that every service has. They need no credentials, and the SDK never retries them: after a wait and a
 * retry, a health check would report an outdated state. If a service reports that it is unhealthy, the method returns
 * this report; it does not throw an exception.
 */
public interface ServiceClient {

    /** Checks whether the service can handle requests. The service is healthy as long as its database responds. */
    Health getHealth();

    /** Checks whether the process is alive. The state of the database does not matter. */
    Health getLiveness();

    /**
     * Checks whether the service is ready for requests. It is not ready before it has started, while it shuts down, and
     * while its database does not respond.
     */
    Health getReadiness();
}
