package io.multicloudboutique.aottraining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The operations of a contract, each with the examples of its request body. An operation of an item, such as {@code GET
 * /food/{id}}, is called for an item that the service has just created from an example of the contract.
 */
final class Operations {

    /** The items are created first, and the first operation of an item reads it. */
    private static final List<String> METHODS = List.of("post", "get", "put", "delete");

    private static final Pattern ITEM = Pattern.compile("(?<collection>[^{]*)/\\{[^}]+}(?<rest>[^{]*)");

    /** Sends a request. */
    interface Client {

        /** Returns the path of the item that the request has created, if it has created one. */
        Optional<String> send(String method, String path, Optional<String> body);
    }

    private record Operation(String method, String path, List<String> bodies) {}

    private final List<Operation> operations;

    private Operations(List<Operation> operations) {
        this.operations = operations;
    }

    /** @param contract an OpenAPI document */
    static Operations of(JsonNode contract) {
        List<Operation> operations = new ArrayList<>();
        for (String method : METHODS) {
            contract.path("paths").properties().forEach(path -> {
                JsonNode operation = path.getValue().path(method);
                if (operation.isObject()) {
                    List<String> bodies = new ArrayList<>();
                    operation
                            .at("/requestBody/content/application~1json/examples")
                            .forEach(example -> bodies.add(example.path("value").toString()));
                    operations.add(new Operation(method.toUpperCase(Locale.ROOT), path.getKey(), bodies));
                }
            });
        }
        return new Operations(operations);
    }

    /** Calls the operations, except those of items of which the examples create none. */
    void call(Client client) {
        Map<String, String> items = new HashMap<>();
        for (Operation operation : operations) {
            Optional<String> path = path(operation.path(), items);
            if (path.isEmpty()) {
                continue;
            }
            if (operation.bodies().isEmpty()) {
                client.send(operation.method(), path.get(), Optional.empty());
            }
            for (String body : operation.bodies()) {
                client.send(operation.method(), path.get(), Optional.of(body))
                        .ifPresent(location -> items.put(operation.path(), location));
            }
        }
    }

    private static Optional<String> path(String template, Map<String, String> items) {
        Matcher item = ITEM.matcher(template);
        if (!item.matches()) {
            return Optional.of(template);
        }
        return Optional.ofNullable(items.get(item.group("collection"))).map(location -> location + item.group("rest"));
    }
}
