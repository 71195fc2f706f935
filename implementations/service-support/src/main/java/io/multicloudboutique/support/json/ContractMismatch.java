package io.multicloudboutique.support.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;

/** A value that is JSON but not what the contract says. Its original message names the rule, without internals. */
public final class ContractMismatch extends DatabindException {

    ContractMismatch(@Nullable JsonParser parser, String rule) {
        super(parser, rule);
    }
}
