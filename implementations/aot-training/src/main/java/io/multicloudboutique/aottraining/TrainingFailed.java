package io.multicloudboutique.aottraining;

import org.jspecify.annotations.Nullable;

/** The training did not produce an AOT cache, or produced it from a service that did not work. The message says why. */
public final class TrainingFailed extends RuntimeException {

    TrainingFailed(String message) {
        super(message);
    }

    TrainingFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
