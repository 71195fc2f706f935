package io.multicloudboutique.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contract of one service: as it is written, and as its readers see it, with every reference followed.
 *
 * @param messages what the parser has to say against its structure
 */
record Contract(Document written, OpenAPI resolved, List<String> messages) {

    static Contract read(Path folder, Document written) {
        String location = folder.resolve(written.file()).toUri().toString();
        return new Contract(
                written,
                parse(location, true).getOpenAPI(),
                // References are a rule of their own, so the structure is read without following them.
                parse(location, false).getMessages());
    }

    private static SwaggerParseResult parse(String location, boolean resolve) {
        ParseOptions options = new ParseOptions();
        options.setResolve(resolve);
        options.setResolveFully(resolve);
        return new OpenAPIV3Parser().readLocation(location, null, options);
    }

    String service() {
        return written.file().replace(".yaml", "");
    }

    Stream<ContractOperation> operations() {
        return resolved.getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                        .map(operation ->
                                new ContractOperation(this, path.getKey(), operation.getKey(), operation.getValue())));
    }
}
