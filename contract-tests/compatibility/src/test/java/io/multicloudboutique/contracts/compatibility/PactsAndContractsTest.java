package io.multicloudboutique.contracts.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import au.com.dius.pact.core.model.DefaultPactReader;
import au.com.dius.pact.core.model.Interaction;
import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each pact agrees with its provider's contract, which must permit the request and promise the response. */
class PactsAndContractsTest {

    private static final Path PACTS = Path.of("..", "pacts");
    private static final Map<String, OpenApiInteractionValidator> VALIDATORS = new ConcurrentHashMap<>();

    private static final LevelResolver LEVELS = LevelResolver.create()
            // A pact contains only those parts of a response that the consumer reads.
            .withLevel("validation.response.body.schema.required", Level.IGNORE)
            .withLevel("validation.response.header.missing", Level.IGNORE)
            // By default, the validator ignores unexpected query parameters.
            .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
            .build();

    static Stream<Arguments> interactions() throws IOException {
        var interactions = new ArrayList<Arguments>();
        try (var files = Files.newDirectoryStream(PACTS)) {
            for (var file : files) {
                var pact = DefaultPactReader.INSTANCE.loadPact(file.toFile());
                for (var interaction : pact.getInteractions()) {
                    interactions.add(arguments(
                            pact.getConsumer().getName(),
                            pact.getProvider().getName(),
                            interaction.getDescription(),
                            interaction));
                }
            }
        }
        return interactions.stream();
    }

    @ParameterizedTest(name = "{0} and {1}: {2}", quoteTextArguments = false)
    @MethodSource("interactions")
    void anInteractionAgreesWithTheContract(
            String consumer, String provider, String description, Interaction interaction) {
        assertThat(contradictions("openapi/bundled/" + provider + ".yaml", interaction))
                .as(
                        "openapi/%s.yaml contradicts the pact between %s and %s in \"%s\". Restore the contract, or "
                                + "change the consumer and its pact first: contract-tests/pacts/%s-%s.json",
                        provider, consumer, provider, description, consumer, provider)
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', textBlock = """
                    "/orders"           | "/carts"             | No API path found that matches request '/carts'
                    "GET"               | "DELETE"             | DELETE operation not allowed on path '/orders'
                    "limit"             | "size"               | Query parameter 'size' is unexpected
                    "200"               | "201"                | Numeric instance is greater than the required maximum
                    "status": 200       | "status": 202        | Response status 202 not defined
                    "id": 1             | "number": 1          | properties which are not allowed by the schema: ["number"]
                    "id": 1             | "id": "1"            | Instance type (string) does not match any allowed primitive type
                    "name": "Lens"      | "title": "Lens"      | properties which are not allowed by the schema: ["title"]
                    "parts": [          | "pieces": [          | properties which are not allowed by the schema: ["pieces"]
                    "application/json"  | "text/plain"         | does not match any
                    """)
    void anInteractionThatContradictsTheContractIsReported(String original, String changed, String contradiction)
            throws IOException {
        var pact = Files.readString(Path.of("src", "test", "resources", "pacts", "till-shop.json"));

        assertThat(contradictionsOfShop(pact)).isEmpty();
        assertThat(pact).contains(original);
        assertThat(contradictionsOfShop(pact.replace(original, changed)))
                .anySatisfy(found -> assertThat(found).contains(contradiction));
    }

    private static List<String> contradictionsOfShop(String pact) {
        return DefaultPactReader.INSTANCE.loadPact(new StringReader(pact)).getInteractions().stream()
                .flatMap(interaction -> contradictions("released/shop.yaml", interaction).stream())
                .toList();
    }

    private static List<String> contradictions(String contract, Interaction interaction) {
        var http = interaction.asSynchronousRequestResponse();
        var request = new SimpleRequest.Builder(
                Method.valueOf(http.getRequest().getMethod()), http.getRequest().getPath());
        http.getRequest().getQuery().forEach(request::withQueryParam);
        http.getRequest().getHeaders().forEach(request::withHeader);
        if (http.getRequest().getBody().isPresent()) {
            request.withBody(http.getRequest().getBody().valueAsString());
        }
        var response = SimpleResponse.Builder.status(http.getResponse().getStatus());
        http.getResponse().getHeaders().forEach(response::withHeader);
        if (http.getResponse().getBody().isPresent()) {
            response.withBody(http.getResponse().getBody().valueAsString());
        }
        return validator(contract).validate(request.build(), response.build()).getMessages().stream()
                .filter(message -> message.getLevel() == Level.ERROR)
                .map(ValidationReport.Message::getMessage)
                .toList();
    }

    private static OpenApiInteractionValidator validator(String contract) {
        return VALIDATORS.computeIfAbsent(
                contract,
                location -> OpenApiInteractionValidator.createForSpecificationUrl(location)
                        .withLevelResolver(LEVELS)
                        .build());
    }
}
