package io.multicloudboutique.openapi;

import static io.multicloudboutique.openapi.ContractRule.ofOperations;
import static io.multicloudboutique.openapi.ContractRule.when;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rules about the parameters and headers that all contracts share. */
final class PromiseRules {

    static final ContractRule REQUEST_ID = ofOperations(
            "request-id",
            "Every response declares the header X-Request-Id as required.",
            operation -> operation.responses().entrySet().stream()
                    .filter(response -> {
                        Header header =
                                ContractOperation.headers(response.getValue()).get("X-Request-Id");
                        return header == null || !Boolean.TRUE.equals(header.getRequired());
                    })
                    .map(Map.Entry::getKey)
                    .map(status -> "declare X-Request-Id as a required header of the response " + status));

    static final ContractRule PAGING = ofOperations(
            "paging",
            "A list has the parameters limit and cursor, and links to the next page in the header Link.",
            operation -> operation.isList()
                    ? Stream.of(
                                    when(!operation.hasParameter("limit"), "declare the parameter limit"),
                                    when(!operation.hasParameter("cursor"), "declare the parameter cursor"),
                                    when(
                                            !operation.successesHave("Link"),
                                            "declare the header Link in the success response"))
                            .flatMap(remedies -> remedies)
                    : Stream.empty());

    static final ContractRule NEXT_CURSOR = new ContractRule(
            "next-cursor",
            "A list returns the cursor of the next page in the header Next-Cursor. If its body is an object, the object has it as the "
                    + "optional property nextCursor.",
            contracts -> contracts
                    .operations()
                    .filter(ContractOperation::isList)
                    .flatMap(operation -> {
                        Place body = contracts.follow(operation
                                .written()
                                .at("responses")
                                .at("200")
                                .at("content")
                                .at("application/json")
                                .at("schema"));
                        boolean required = body.at("required")
                                .children()
                                .anyMatch(name -> name.value().asString().equals("nextCursor"));
                        return Stream.concat(
                                        when(
                                                !operation.successesHave("Next-Cursor"),
                                                "declare the header Next-Cursor in the success response"),
                                        when(
                                                body.text("type").equals("object")
                                                        && (required
                                                                || !body.at("properties")
                                                                        .has("nextCursor")),
                                                "declare the optional property nextCursor in the schema of the body"))
                                .map(remedy -> new Violation(operation.toString(), remedy));
                    }));

    static final ContractRule IDEMPOTENCY = ofOperations(
            "idempotency",
            "Every POST can be retried: it accepts an Idempotency-Key and marks a replayed response with Idempotent-Replayed.",
            operation -> operation.is(HttpMethod.POST)
                    ? Stream.concat(
                            when(!operation.hasParameter("Idempotency-Key"), "declare the parameter Idempotency-Key"),
                            when(
                                    !operation.successesHave("Idempotent-Replayed"),
                                    "declare the header Idempotent-Replayed in the success response"))
                    : Stream.empty());

    static final ContractRule CONDITIONAL_WRITE = ofOperations(
            "conditional-write",
            "PUT and DELETE accept If-Match.",
            operation -> when(
                    operation.is(HttpMethod.PUT, HttpMethod.DELETE) && !operation.hasParameter("If-Match"),
                    "declare the parameter If-Match"));

    static final ContractRule CONDITIONAL_READ = ofOperations(
            "conditional-read",
            "A GET of one item accepts If-None-Match and can return 304.",
            operation -> when(
                    operation.readsOneItem()
                            && !(operation.hasParameter("If-None-Match")
                                    && operation.responses().containsKey("304")),
                    "declare the parameter If-None-Match and the response 304"));

    static final ContractRule LOCATION = ofOperations(
            "location",
            "A create operation returns the URL of the new item in Location if the item has a GET, and no Location otherwise.",
            operation -> when(
                    operation.isCreate() && operation.createsReadableItem() != operation.successesHave("Location"),
                    operation.createsReadableItem()
                            ? "declare the header Location in the success response"
                            : "remove the header Location, or declare a GET of the item"));

    static final ContractRule ETAG = ofOperations(
            "etag",
            "Every success response with one item has the ETag of the item, if the item has a GET.",
            operation -> when(
                    operation.answersReadableItem() && !operation.successesHave("ETag"),
                    "declare the header ETag in the success response"));

    static final List<ContractRule> ALL =
            List.of(REQUEST_ID, PAGING, NEXT_CURSOR, IDEMPOTENCY, CONDITIONAL_WRITE, CONDITIONAL_READ, LOCATION, ETAG);

    private PromiseRules() {}
}
