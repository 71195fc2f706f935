package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.core.model.Pact;
import au.com.dius.pact.core.model.PactSource;
import au.com.dius.pact.core.support.expressions.SystemPropertyResolver;
import au.com.dius.pact.provider.junitsupport.loader.OverrideablePactLoader;
import au.com.dius.pact.provider.junitsupport.loader.PactBroker;
import au.com.dius.pact.provider.junitsupport.loader.PactBrokerAuth;
import au.com.dius.pact.provider.junitsupport.loader.PactBrokerConsumerVersionSelectors;
import au.com.dius.pact.provider.junitsupport.loader.PactBrokerLoader;
import au.com.dius.pact.provider.junitsupport.loader.PactFolderLoader;
import au.com.dius.pact.provider.junitsupport.loader.PactLoader;
import au.com.dius.pact.provider.junitsupport.loader.SelectorBuilder;
import java.io.IOException;
import java.util.List;

/** The pacts that are committed; those of a Pact Broker, if {@code PACT_BROKER_BASE_URL} says where one is. */
final class Pacts implements OverrideablePactLoader {

    private final PactLoader source;

    /** Of a test class, though it does not matter which: Pact finds this one where a class is not public. */
    Pacts(Class<?> test) {
        source = areCommitted() ? new PactFolderLoader("../pacts") : broker();
    }

    private static PactLoader broker() {
        // Otherwise it publishes as version 0.0.0, or on no branch.
        if (Boolean.parseBoolean(setting("pact.verifier.publishResults"))
                && !(isSet("pact.provider.version") && isSet("pact.provider.branch"))) {
            throw new IllegalStateException(
                    "Results are published with pact.provider.version (the commit) and pact.provider.branch: set both");
        }
        var broker = new PactBrokerLoader(Broker.class.getAnnotation(PactBroker.class));
        broker.initLoader(Broker.class, null);
        return broker;
    }

    static boolean areCommitted() {
        return !isSet("PACT_BROKER_BASE_URL");
    }

    private static boolean isSet(String name) {
        return !setting(name).isBlank();
    }

    private static String setting(String name) {
        return SystemPropertyResolver.INSTANCE.resolveValue(name, "");
    }

    @Override
    public List<Pact> load(String provider) throws IOException {
        return source.load(provider);
    }

    /** With the one that {@code pact.filter.pacturl} names, as a broker's webhook does. */
    @Override
    public void overridePactUrl(String url, String consumer) {
        if (!(source instanceof OverrideablePactLoader broker)) {
            throw new IllegalStateException("pact.filter.pacturl is of a broker's pact: set PACT_BROKER_BASE_URL");
        }
        broker.overridePactUrl(url, consumer);
    }

    @Override
    public PactSource getPactSource() {
        return source.getPactSource();
    }

    @Override
    public String description() {
        return source.description();
    }

    /** Each name in braces is a system property or a variable of the environment. */
    @PactBroker(
            url = "${PACT_BROKER_BASE_URL}",
            authentication =
                    @PactBrokerAuth(
                            token = "${PACT_BROKER_TOKEN:}",
                            username = "${PACT_BROKER_USERNAME:}",
                            password = "${PACT_BROKER_PASSWORD:}"),
            providerBranch = "${pact.provider.branch:main}",
            enablePendingPacts = "true",
            includeWipPactsSince = "2026-11-01")
    public static final class Broker {

        private Broker() {}

        @PactBrokerConsumerVersionSelectors
        public static SelectorBuilder versions() {
            return new SelectorBuilder().mainBranch().deployedOrReleased().matchingBranch();
        }
    }
}
