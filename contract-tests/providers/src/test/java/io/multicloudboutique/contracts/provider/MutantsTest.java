package io.multicloudboutique.contracts.provider;

import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.core.model.ContentType;
import au.com.dius.pact.core.model.OptionalBody;
import au.com.dius.pact.core.model.Response;
import au.com.dius.pact.core.model.matchingrules.MatchingRulesImpl;
import au.com.dius.pact.core.model.matchingrules.MinTypeMatcher;
import au.com.dius.pact.core.model.matchingrules.NumberTypeMatcher;
import au.com.dius.pact.core.model.matchingrules.NumberTypeMatcher.NumberType;
import au.com.dius.pact.provider.ProviderResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MutantsTest {

    private static final ProviderResponse RESPONSE = new ProviderResponse(
            200,
            Map.of("content-type", List.of("application/json"), "Date", List.of("today")),
            ContentType.getJSON(),
            json("{\"stock\":[45],\"code\":\"a\",\"none\":[],\"free\":1}"));

    @Test
    void eachPartThatThePactSpecifiesIsBrokenInEachWay() {
        assertThat(Mutants.of(pact(), RESPONSE).stream().map(Mutants.Mutant::change))
                .containsExactly("""
                status 201
                status 202
                status 204
                status 301
                status 400
                status 404
                status 409
                status 422
                status 500
                status 503
                no Content-Type
                Content-Type: application/problem+json
                Content-Type: application/xml
                Content-Type: text/plain
                $ is null
                $ is "text"
                $ is 1
                $ is true
                $ is [{"stock":[45],"code":"a","none":[],"free":1}]
                $.stock is removed
                $.stock is renamed
                $.stock is null
                $.stock is "text"
                $.stock is 1
                $.stock is true
                $.stock is {}
                $.stock is empty
                $.stock[0] is null
                $.stock[0] is "45"
                $.stock[0] is true
                $.stock[0] is {}
                $.stock[0] is [45]
                $.stock[0] is 45.5
                $.code is removed
                $.code is renamed
                $.code is null
                $.code is 1
                $.code is true
                $.code is {}
                $.code is ["a"]
                $.code is "not a"
                $.none is removed
                $.none is renamed
                $.none is null
                $.none is "text"
                $.none is 1
                $.none is true
                $.none is {}
                $.none has an additional element""".split("\n"));
    }

    @Test
    void additionsThatThePactPermitsAreAdded() {
        assertThat(Mutants.richer(pact(), RESPONSE).getBody().valueAsString())
                .isEqualTo("{\"stock\":[45,45],\"code\":\"a\",\"none\":[],\"free\":1,\"more\":\"of it\"}");
    }

    /** A pact that requires integers in one list, the exact code, and another list to be empty. */
    private static Response pact() {
        var rules = new MatchingRulesImpl();
        var body = rules.addCategory("body");
        body.addRule("$.stock", new MinTypeMatcher(1));
        body.addRule("$.stock[*]", new NumberTypeMatcher(NumberType.INTEGER));
        return new Response(
                200,
                Map.of("Content-Type", List.of("application/json")),
                json("{\"stock\":[1],\"code\":\"a\",\"none\":[]}"),
                rules);
    }

    private static OptionalBody json(String text) {
        return OptionalBody.body(text, ContentType.getJSON());
    }
}
