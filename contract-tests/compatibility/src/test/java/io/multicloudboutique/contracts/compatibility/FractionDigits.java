package io.multicloudboutique.contracts.compatibility;

import io.swagger.v3.oas.models.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openapitools.openapidiff.core.compare.ExtensionDiff;
import org.openapitools.openapidiff.core.compare.OpenApiDiff;
import org.openapitools.openapidiff.core.model.Change;
import org.openapitools.openapidiff.core.model.Changed;
import org.openapitools.openapidiff.core.model.DiffContext;
import org.openapitools.openapidiff.core.model.DiffResult;

/**
 * Makes openapi-diff report a schema whose number of decimals has changed. It ignores extensions without such a class,
 * which it finds as a service. {@link ContractChanges} decides whether the change breaks clients.
 */
public final class FractionDigits implements ExtensionDiff {

    static final String KEY = "x-fraction-digits";

    static @Nullable Number of(Schema<?> schema) {
        return schema.getExtensions() == null
                ? null
                : (Number) schema.getExtensions().get(KEY);
    }

    @Override
    public ExtensionDiff setOpenApiDiff(OpenApiDiff diff) {
        return this;
    }

    @Override
    public String getName() {
        return KEY.substring("x-".length());
    }

    @Override
    public Changed diff(Change<?> extension, DiffContext context) {
        var same = Objects.equals(extension.getOldValue(), extension.getNewValue());
        return () -> same ? DiffResult.NO_CHANGES : DiffResult.COMPATIBLE;
    }
}
