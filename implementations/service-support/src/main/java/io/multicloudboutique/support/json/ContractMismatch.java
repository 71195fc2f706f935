package io.multicloudboutique.support.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;

/**
 * Thrown for a value that is valid JSON but violates the contract. Its original message states the violated rule and
 * contains no internals, so a client may see it.
 */
public final class ContractMismatch extends DatabindException {

    ContractMismatch(@Nullable JsonParser parser, String rule) {
        super(parser, rule);
    }
}
