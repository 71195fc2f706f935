package io.multicloudboutique.support;

/** A service or the launcher cannot start as it is configured. The message is one line that says why and what to do. */
public final class StartupRefused extends RuntimeException {

    /** @param message one line */
    public StartupRefused(String message) {
        super(message);
    }
}
