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

/** Loads the committed pacts, or the pacts of a Pact Broker if {@code PACT_BROKER_BASE_URL} is set. */
final class Pacts implements OverrideablePactLoader {

    private final PactLoader source;

    /**
     * Pact calls this constructor, because the class is not public. Pact passes the test class, which this loader does
     * not need.
     */
    Pacts(Class<?> test) {
        source = areCommitted() ? new PactFolderLoader("../pacts") : broker();
    }

    private static PactLoader broker() {
        // Without these settings, Pact would publish the results for version 0.0.0, or for no branch.
        if (Boolean.parseBoolean(setting("pact.verifier.publishResults"))
                && !(isSet("pact.provider.version") && isSet("pact.provider.branch"))) {
            throw new IllegalStateException(
                    "To publish results, set both pact.provider.version (the commit) and pact.provider.branch");
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

    /**
     * Selects the pact that {@code pact.filter.pacturl} names. If a broker's webhook triggers a build, the build sets
     * this property.
     */
    @Override
    public void overridePactUrl(String url, String consumer) {
        if (!(source instanceof OverrideablePactLoader broker)) {
            throw new IllegalStateException("pact.filter.pacturl names a pact of a broker: set PACT_BROKER_BASE_URL");
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

    /** Each name in braces is a system property or an environment variable. */
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
