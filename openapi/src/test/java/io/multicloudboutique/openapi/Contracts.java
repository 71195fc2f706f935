package io.multicloudboutique.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.MissingNode;

/**
 * The contracts of a folder and what they share.
 *
 * @param judged the contracts that rules look at
 * @param shared the files below {@code shared/}; rules look at them too
 * @param neighbours contracts that no rule judges but that use what is shared
 */
record Contracts(List<Contract> judged, List<Document> shared, List<Document> neighbours) {

    static Contracts in(Path folder) {
        return new Contracts(
                yamlFiles(folder, "")
                        .map(document -> Contract.read(folder, document))
                        .toList(),
                yamlFiles(folder, "shared/").toList(),
                List.of());
    }

    Contracts beside(Contracts others) {
        return new Contracts(
                judged, shared, others.judged().stream().map(Contract::written).toList());
    }

    private static Stream<Document> yamlFiles(Path folder, String below) {
        try (Stream<Path> files = Files.list(folder.resolve(below))) {
            return files
                    .map(file -> below + file.getFileName())
                    .filter(file -> file.endsWith(".yaml"))
                    .sorted()
                    .map(file -> Document.read(folder, file))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<ContractOperation> operations() {
        return judged.stream().flatMap(Contract::operations);
    }

    Stream<Document> judgedDocuments() {
        return Stream.concat(judged.stream().map(Contract::written), shared.stream());
    }

    Stream<Document> allDocuments() {
        return Stream.concat(judgedDocuments(), neighbours.stream());
    }

    /** The place itself, or what its `$ref` names, through as many files as it takes. It may not exist. */
    Place follow(Place place) {
        return place.has("$ref") ? follow(target(place)) : place;
    }

    /** What the `$ref` of this place names. */
    Place target(Place reference) {
        String[] parts = reference.text("$ref").split("#", 2);
        String file = parts[0].isEmpty()
                ? reference.file()
                : Path.of(reference.file()).resolveSibling(parts[0]).normalize().toString();
        JsonPointer pointer = JsonPointer.compile(parts.length == 2 ? parts[1] : "");
        return allDocuments()
                .filter(document -> document.file().equals(file))
                .findFirst()
                .map(document ->
                        new Place(file, pointer, document.root().value().at(pointer)))
                .orElseGet(() -> new Place(file, pointer, MissingNode.getInstance()));
    }

    /** The files by name. */
    Map<String, Document> byFile() {
        return allDocuments()
                .collect(Collectors.toMap(Document::file, document -> document, (a, b) -> a, LinkedHashMap::new));
    }
}
