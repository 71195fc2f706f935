package io.multicloudboutique.support.problem;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The status and title of each problem code, read from {@code shared/problems.yaml}, which is part of the contracts.
 * Immutable.
 */
final class ProblemCatalogue {

    record Kind(int status, String title) {}

    private final Map<ProblemCodeDto, Kind> kinds = new EnumMap<>(ProblemCodeDto.class);

    /**
     * Reads the catalogue.
     *
     * @throws IllegalStateException if it has no entry for a code
     */
    ProblemCatalogue() {
        var entries = read();
        for (var code : ProblemCodeDto.values()) {
            if (!(entries.get(code.getValue()) instanceof Map<?, ?> entry)) {
                throw new IllegalStateException(
                        "shared/problems.yaml has no entry in x-problems for " + code.getValue());
            }
            kinds.put(code, new Kind((Integer) entry.get("status"), (String) entry.get("title")));
        }
    }

    Kind kind(ProblemCodeDto code) {
        return kinds.get(code);
    }

    private static Map<?, ?> read() {
        try (var in = new ClassPathResource("openapi/shared/problems.yaml").getInputStream()) {
            Object node = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            for (var key : new String[] {"components", "schemas", "ProblemCode", "x-problems"}) {
                node = ((Map<?, ?>) node).get(key);
            }
            return (Map<?, ?>) node;
        } catch (IOException e) {
            throw new UncheckedIOException("shared/problems.yaml is missing on the class path", e);
        }
    }
}
