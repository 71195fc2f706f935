package io.multicloudboutique.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Bundles a contract with the shared components that it uses into one file without references to other files. The build
 * runs this class. It copies YAML nodes, so a bundle has the order of keys, the names and the notation of its sources.
 */
public final class ContractBundler {

    private static final DumpSettings YAML = DumpSettings.builder()
            .setWidth(140)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setDereferenceAliases(true)
            .build();
    private static final YAMLMapper VALUES = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .defaultPrettyPrinter(new DefaultPrettyPrinter()
                    .withSeparators(PrettyPrinter.DEFAULT_SEPARATORS.withObjectNameValueSpacing(Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    /** The location of a definition: a file and a JSON pointer. */
    private record Location(String file, String pointer) {}

    private final Path folder;
    private final Map<String, Node> files = new HashMap<>();

    /** The definitions of all components, by pointers such as {@code /components/schemas/Problem}. */
    private final Map<String, Location> components = new LinkedHashMap<>();

    private final Map<String, Node> used = new HashMap<>();

    private ContractBundler(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes each contract of a folder as {@code <service>.yaml} and {@code <service>.json} to another folder.
     *
     * @param folders the folder of the contracts, which contains {@code shared/}, and the folder for the bundles
     * @throws IllegalStateException if the bundle of a contract would have two components with the same name
     */
    public static void main(String[] folders) throws IOException {
        var bundles = Files.createDirectories(Path.of(folders[1]));
        for (var contract : yamlFiles(Path.of(folders[0]), "")) {
            var yaml = new ContractBundler(Path.of(folders[0])).bundle(contract);
            Files.writeString(bundles.resolve(contract), yaml);
            var json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(VALUES.readTree(yaml));
            Files.writeString(bundles.resolve(contract.replace(".yaml", ".json")), json + "\n");
        }
    }

    private static List<String> yamlFiles(Path folder, String below) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(below))) {
            return files.map(file -> below + file.getFileName())
                    .filter(file -> file.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private String bundle(String contract) throws IOException {
        addComponents(contract);
        var own = List.copyOf(components.keySet());
        for (var shared : yamlFiles(folder, "shared/")) {
            addComponents(shared);
        }
        var bundle = new ArrayList<NodeTuple>();
        for (var entry : entries(root(contract))) {
            if (!text(entry.getKeyNode()).equals("components")) {
                bundle.add(new NodeTuple(entry.getKeyNode(), copy(contract, entry.getValueNode())));
            }
        }
        own.forEach(this::use);
        var kinds = new LinkedHashMap<String, List<NodeTuple>>();
        components.keySet().stream().filter(used::containsKey).forEach(pointer -> {
            var steps = pointer.split("/");
            kinds.computeIfAbsent(steps[2], kind -> new ArrayList<>())
                    .add(new NodeTuple(plain(steps[3]), used.get(pointer)));
        });
        var allKinds = kinds.entrySet().stream()
                .map(kind -> new NodeTuple(plain(kind.getKey()), mapping(kind.getValue(), FlowStyle.BLOCK)))
                .toList();
        bundle.add(new NodeTuple(plain("components"), mapping(allKinds, FlowStyle.BLOCK)));
        var events = new Serialize(YAML).serializeOne(mapping(bundle, FlowStyle.BLOCK));
        return "# Generated from openapi/%s and openapi/shared/.\n".formatted(contract)
                + new Present(YAML).emitToString(events.iterator());
    }

    private void addComponents(String file) {
        for (var kind : entries(child(root(file), "components"))) {
            for (var component : entries(kind.getValueNode())) {
                var pointer = "/components/" + text(kind.getKeyNode()) + "/" + text(component.getKeyNode());
                components.putIfAbsent(pointer, definition(file, "#" + pointer));
            }
        }
    }

    private void use(String pointer) {
        if (!used.containsKey(pointer)) {
            var definition = components.get(pointer);
            used.put(
                    pointer, mapping(List.of(), FlowStyle.BLOCK)); // ends the recursion of a component that uses itself
            used.put(pointer, copy(definition.file(), node(definition)));
        }
    }

    /** Copies a node. References lead to the components of the bundle; the target of any other reference is copied. */
    private Node copy(String file, Node node) {
        if (node instanceof SequenceNode sequence) {
            var items =
                    sequence.getValue().stream().map(item -> copy(file, item)).toList();
            return new SequenceNode(sequence.getTag(), items, sequence.getFlowStyle());
        }
        if (!(node instanceof MappingNode mapping)) {
            return node;
        }
        if (!(child(mapping, "$ref") instanceof ScalarNode reference)) {
            var copies = entries(mapping).stream()
                    .map(entry -> new NodeTuple(entry.getKeyNode(), copy(file, entry.getValueNode())))
                    .toList();
            return mapping(copies, mapping.getFlowStyle());
        }
        var definition = definition(file, reference.getValue());
        if (!definition.pointer().startsWith("/components/")) {
            return copy(definition.file(), node(definition));
        }
        if (!definition.equals(components.get(definition.pointer()))) {
            throw new IllegalStateException("Rename one of two components with the same name: %s and %s"
                    .formatted(definition, components.get(definition.pointer())));
        }
        use(definition.pointer());
        var target = new ScalarNode(Tag.STR, "#" + definition.pointer(), ScalarStyle.SINGLE_QUOTED);
        return mapping(List.of(new NodeTuple(plain("$ref"), target)), mapping.getFlowStyle());
    }

    /** Returns the location to which a reference leads, also through further references. */
    private Location definition(String file, String reference) {
        var parts = reference.split("#", 2);
        var target = parts[0].isEmpty()
                ? file
                : Path.of(file).resolveSibling(parts[0]).normalize().toString();
        var location = new Location(target, parts[1]);
        return child(node(location), "$ref") instanceof ScalarNode next
                ? definition(target, next.getValue())
                : location;
    }

    private Node node(Location location) {
        var node = root(location.file());
        for (var step : location.pointer().substring(1).split("/")) {
            node = child(node, step.replace("~1", "/").replace("~0", "~"));
        }
        return node;
    }

    private Node root(String file) {
        return files.computeIfAbsent(file, name -> {
            try (var reader = Files.newBufferedReader(folder.resolve(name))) {
                return new Compose(LoadSettings.builder().build())
                        .composeReader(reader)
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Returns the value of a key, or an empty mapping if there is none. */
    private static Node child(Node parent, String key) {
        return entries(parent).stream()
                .filter(entry -> text(entry.getKeyNode()).equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst()
                .orElseGet(() -> mapping(List.of(), FlowStyle.BLOCK));
    }

    private static List<NodeTuple> entries(Node node) {
        return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }

    private static String text(Node key) {
        return ((ScalarNode) key).getValue();
    }

    private static ScalarNode plain(String text) {
        return new ScalarNode(Tag.STR, text, ScalarStyle.PLAIN);
    }

    private static MappingNode mapping(List<NodeTuple> entries, FlowStyle style) {
        return new MappingNode(Tag.MAP, entries, style);
    }
}
