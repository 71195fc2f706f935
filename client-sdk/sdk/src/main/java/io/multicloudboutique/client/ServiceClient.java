package io.multicloudboutique.client;

/**
 * The health operations, which every service has. They need no credentials. The SDK never retries them, because they
 * report the state of the service at the time of the call. If a service reports that it is unhealthy, the method
 * returns this report; it does not throw an exception.
 */
public interface ServiceClient {

    /** Checks whether the service can handle requests. The service is healthy as long as its database responds. */
    Health getHealth();

    /** Checks whether the process is alive. The state of the database does not affect the result. */
    Health getLiveness();

    /**
     * Checks whether the service is ready for requests. It is not ready before it has started, while it shuts down, and
     * while its database does not respond.
     */
    Health getReadiness();
}
