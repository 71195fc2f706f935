package io.multicloudboutique.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contract of one service.
 *
 * @param written the document as written, with unresolved references
 * @param resolved the document with all references resolved
 * @param messages the structural errors that the parser reports
 */
record Contract(Document written, OpenAPI resolved, List<String> messages) {

    static Contract read(Path folder, Document written) {
        String location = folder.resolve(written.file()).toUri().toString();
        return new Contract(
                written,
                parse(location, true).getOpenAPI(),
                // References have a rule of their own, so the structural check does not resolve them.
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
