package io.multicloudboutique.openapi;

import static io.multicloudboutique.openapi.ContractRule.ofOperations;
import static io.multicloudboutique.openapi.ContractRule.when;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rules about the parameters and headers with which every contract keeps the same promises. */
final class PromiseRules {

    static final ContractRule REQUEST_ID = ofOperations(
            "request-id",
            "Every response has the header X-Request-Id, always.",
            operation -> operation.responses().entrySet().stream()
                    .filter(response -> {
                        Header header =
                                ContractOperation.headers(response.getValue()).get("X-Request-Id");
                        return header == null || !Boolean.TRUE.equals(header.getRequired());
                    })
                    .map(Map.Entry::getKey)
                    .map(status -> "declare the required header X-Request-Id of the response " + status));

    static final ContractRule PAGING = ofOperations(
            "paging",
            "A list has the parameters limit and cursor, and names the next page in the header Link.",
            operation -> operation.isList()
                    ? Stream.of(
                                    when(!operation.hasParameter("limit"), "declare the parameter limit"),
                                    when(!operation.hasParameter("cursor"), "declare the parameter cursor"),
                                    when(!operation.successesHave("Link"), "declare the header Link of the success"))
                            .flatMap(remedies -> remedies)
                    : Stream.empty());

    static final ContractRule IDEMPOTENCY = ofOperations(
            "idempotency",
            "Every POST can be repeated: it takes an Idempotency-Key and says in Idempotent-Replayed that it answers again.",
            operation -> operation.is(HttpMethod.POST)
                    ? Stream.concat(
                            when(!operation.hasParameter("Idempotency-Key"), "declare the parameter Idempotency-Key"),
                            when(
                                    !operation.successesHave("Idempotent-Replayed"),
                                    "declare the header Idempotent-Replayed of the success"))
                    : Stream.empty());

    static final ContractRule CONDITIONAL_WRITE = ofOperations(
            "conditional-write",
            "PUT and DELETE take If-Match.",
            operation -> when(
                    operation.is(HttpMethod.PUT, HttpMethod.DELETE) && !operation.hasParameter("If-Match"),
                    "declare the parameter If-Match"));

    static final ContractRule CONDITIONAL_READ = ofOperations(
            "conditional-read",
            "A GET of one item takes If-None-Match and can answer 304.",
            operation -> when(
                    operation.readsOneItem()
                            && !(operation.hasParameter("If-None-Match")
                                    && operation.responses().containsKey("304")),
                    "declare the parameter If-None-Match and the response 304"));

    static final ContractRule LOCATION = ofOperations(
            "location",
            "A create says in Location where the new item is, if it has a GET; without a GET there is nothing to locate.",
            operation -> when(
                    operation.isCreate() && operation.createsReadableItem() != operation.successesHave("Location"),
                    operation.createsReadableItem()
                            ? "declare the header Location of the success"
                            : "remove the header Location, or declare a GET of the item"));

    static final ContractRule ETAG = ofOperations(
            "etag",
            "Every success that is one item carries its ETag, if the item has a GET.",
            operation -> when(
                    operation.answersReadableItem() && !operation.successesHave("ETag"),
                    "declare the header ETag of the success"));

    static final List<ContractRule> ALL =
            List.of(REQUEST_ID, PAGING, IDEMPOTENCY, CONDITIONAL_WRITE, CONDITIONAL_READ, LOCATION, ETAG);

    private PromiseRules() {}
}
