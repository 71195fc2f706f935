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
 * The contracts of a folder and their shared files.
 *
 * @param judged the contracts that the rules check
 * @param shared the files below {@code shared/}, which the rules check too
 * @param neighbours contracts that the rules do not check; a shared component counts as used if they reference it
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

    /**
     * Returns the place itself or, if it has a `$ref`, the target of the reference. Follows chains of references, also
     * into other files. If the target does not exist, its value is a missing node.
     */
    Place follow(Place place) {
        return place.has("$ref") ? follow(target(place)) : place;
    }

    /**
     * Returns the direct target of the `$ref` of this place. If the target does not exist, its value is a missing node.
     */
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

    /** All documents by file name. */
    Map<String, Document> byFile() {
        return allDocuments()
                .collect(Collectors.toMap(Document::file, document -> document, (a, b) -> a, LinkedHashMap::new));
    }
}
