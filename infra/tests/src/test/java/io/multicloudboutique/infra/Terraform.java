package io.multicloudboutique.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.MountableFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Terraform in a container, with the folders of both clouds. Terraform downloads providers from the registry or, if
 * TF_MIRROR_DIR is set, from the mirror in that folder, which its terraform.tfrc configures. Threads may use different
 * clouds concurrently, but not the same cloud.
 */
final class Terraform implements AutoCloseable {

    private static final String IMAGE =
            Optional.ofNullable(System.getenv("TERRAFORM_IMAGE")).orElse("hashicorp/terraform:1.11.4");
    private static final String WORK = "/infra/";
    private static final Path INFRA = Command.ROOT.resolve("infra");
    private static final String APPLYING = "tests/apply.tftest.hcl";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final GenericContainer<?> container = new GenericContainer<>(IMAGE)
            .withCreateContainerCmdModifier(create -> create.withEntrypoint("sleep", "3600"))
            .withEnv("CHECKPOINT_DISABLE", "1")
            .withEnv("TF_IN_AUTOMATION", "1");

    /** The result of a run block in a test file: the status pass, fail, error or skip, and the diagnostics. */
    record Run(String file, String name, String status, String diagnostics) {}

    /** A resource in the state, with its values and the attributes in its schema. */
    record Resource(String address, String type, JsonNode values, JsonNode attributes) {

        /** Whether the configuration may set this attribute. */
        boolean takes(String attribute) {
            return attributes.path(attribute).path("optional").asBoolean();
        }
    }

    /** All runs of a cloud's tests, and the resources that the runs with the command apply created. */
    record Tests(List<Run> runs, List<Resource> applied) {}

    Terraform() {
        for (var folder : List.of("gcp", "azure", "vm")) {
            copyFolder(folder);
        }
        var mirror = System.getenv("TF_MIRROR_DIR");
        if (mirror != null) {
            container
                    .withCopyToContainer(MountableFile.forHostPath(mirror), mirror)
                    .withEnv("TF_CLI_CONFIG_FILE", mirror + "/terraform.tfrc");
        }
        container.start();
    }

    /** Copies a folder, except files that a developer's own Terraform runs left there. */
    private void copyFolder(String folder) {
        try (var files = Files.walk(INFRA.resolve(folder))) {
            files.filter(Files::isRegularFile)
                    .map(INFRA::relativize)
                    .filter(file -> !file.toString().contains(".terraform/")
                            && !file.toString()
                                    .matches(".*(\\.tfvars|\\.tfstate.*|\\.terraform\\.lock\\.hcl|/backend\\.tf)"))
                    .forEach(file ->
                            container.withCopyToContainer(MountableFile.forHostPath(INFRA.resolve(file)), WORK + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a Terraform command in a cloud's folder. */
    Command.Result run(String folder, String... arguments) {
        var command = new ArrayList<>(List.of("terraform", "-chdir=" + WORK + folder));
        command.addAll(List.of(arguments));
        try {
            var result = container.execInContainer(command.toArray(String[]::new));
            return new Command.Result(command, result.getExitCode(), result.getStdout(), result.getStderr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs all tests of a cloud. Only the tests that apply run with -verbose, which adds the state and all provider
     * schemas to the output. For the other tests, that output would be too large.
     */
    Tests test(String cloud) {
        var runs = new LinkedHashMap<String, Run>();
        var messages = messagesOfTests(cloud, List.of("-verbose", "-filter=" + APPLYING));
        var applied = applied(messages);
        messages.addAll(messagesOfTests(cloud, filtersOfOthers(cloud)));
        messages.forEach(message -> message.path("test_abstract")
                .forEachEntry((file, names) -> names.forEach(
                        name -> runs.put(file + name.asString(), new Run(file, name.asString(), "never ran", "")))));
        var everywhere = new StringBuilder();
        for (var message : messages) {
            var key = message.path("@testfile").asString("")
                    + message.path("@testrun").asString("");
            var test = message.path("test_run");
            var diagnostic = message.path("diagnostic");
            if (test.path("progress").asString("").equals("complete")) {
                runs.computeIfPresent(
                        key,
                        (k, run) -> new Run(
                                run.file(), run.name(), test.path("status").asString(), run.diagnostics()));
            } else if (!diagnostic.isMissingNode()) {
                var text = "%s: %s %s%n"
                        .formatted(
                                at(diagnostic),
                                diagnostic.path("summary").asString(),
                                diagnostic.path("detail").asString(""));
                if (runs.computeIfPresent(
                                key,
                                (k, run) -> new Run(run.file(), run.name(), run.status(), run.diagnostics() + text))
                        == null) {
                    everywhere.append(text);
                }
            }
        }
        var withAll = runs.values().stream()
                .map(run -> new Run(run.file(), run.name(), run.status(), run.diagnostics() + everywhere))
                .toList();
        return new Tests(withAll, applied);
    }

    private static String at(JsonNode diagnostic) {
        var range = diagnostic.path("range");
        return range.path("filename").asString("") + ":"
                + range.path("start").path("line").asInt(0);
    }

    private static List<String> filtersOfOthers(String cloud) {
        try (var files = Files.list(INFRA.resolve(cloud).resolve("tests"))) {
            return files.map(file -> "tests/" + file.getFileName())
                    .filter(file -> file.endsWith(".tftest.hcl") && !file.equals(APPLYING))
                    .map(file -> "-filter=" + file)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> messagesOfTests(String cloud, List<String> options) {
        var arguments = new ArrayList<>(List.of("test", "-json"));
        arguments.addAll(options);
        var result = run(cloud, arguments.toArray(String[]::new));
        var messages = result.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .<JsonNode>map(JSON::readTree)
                .collect(Collectors.toCollection(ArrayList::new));
        if (messages.stream().noneMatch(message -> message.has("test_abstract"))) {
            throw new IllegalStateException("No tests ran in " + cloud + ":\n" + result.output() + result.errors());
        }
        return messages;
    }

    /** The resources that the runs created. */
    private static List<Resource> applied(List<JsonNode> messages) {
        var applied = new ArrayList<Resource>();
        for (var message : messages) {
            var state = message.path("test_state");
            collect(state.path("root_module"), resource -> {
                var schema = state.path("provider_schemas")
                        .path(resource.path("provider_name").asString())
                        .path("resource_schemas")
                        .path(resource.path("type").asString());
                applied.add(new Resource(
                        resource.path("address").asString(),
                        resource.path("type").asString(),
                        resource.path("values"),
                        schema.path("block").path("attributes")));
            });
        }
        return applied;
    }

    private static void collect(JsonNode module, Consumer<JsonNode> resources) {
        module.path("resources").forEach(resources);
        module.path("child_modules").forEach(child -> collect(child, resources));
    }

    static void succeeded(Command.Result result) {
        assertThat(result.exitCode()).as(result.output() + result.errors()).isZero();
    }

    @Override
    public void close() {
        container.stop();
    }
}
