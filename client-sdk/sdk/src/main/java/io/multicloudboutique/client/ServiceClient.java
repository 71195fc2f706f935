package io.multicloudboutique.client;

/**
 * What every service can be asked. These calls need no credentials and are made once, whatever comes: a probe that waits
 * and repeats would tell how the service was.
 */
public interface ServiceClient {

    /** Tells whether the service can serve. It can while its database answers. */
    Health getHealth();

    /** Tells whether the process lives, whatever its database does. */
    Health getLiveness();

    /** Tells whether to send requests: not before it has started, and not while it shuts down. */
    Health getReadiness();
}
