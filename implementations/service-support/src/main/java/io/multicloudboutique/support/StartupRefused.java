package io.multicloudboutique.support;

/**
 * Thrown if a service or the launcher cannot start with its configuration. The message is one line with the reason and
 * the fix.
 */
public final class StartupRefused extends RuntimeException {

    /** @param message one line with the reason and the fix */
    public StartupRefused(String message) {
        super(message);
    }
}
