package io.multicloudboutique.client.internal.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** How the SDK reads and writes JSON. */
final class Json {

    /**
     * Reads anything that resembles the contract, for bodies of errors, which any server on the way may have written.
     */
    static final JsonMapper LENIENT = JsonMapper.builder()
            .changeDefaultPropertyInclusion(before -> before.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /**
     * Reads only values of the types in the contract: by default, Jackson reads 5.5 and "5" as the integer 5. The
     * exceptions are for answers of newer services: unknown fields, and unknown values of enums.
     */
    static final JsonMapper STRICT = LENIENT.rebuild()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfig(LogicalType.Textual, text -> {
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
            .addModule(new SimpleModule()
                    .addDeserializer(
                            Instant.class,
                            new Text<>(
                                    Instant.class,
                                    text -> OffsetDateTime.parse(text).toInstant()))
                    .addDeserializer(LocalDate.class, new Text<>(LocalDate.class, LocalDate::parse)))
            .changeDefaultNullHandling(before -> JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
            .withConfigOverride(
                    Optional.class, optional -> optional.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.SET)))
            // A record without unknown fields gets null for them.
            .withConfigOverride(
                    Map.class, unknown -> unknown.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    private Json() {}

    /** Reads a date or a time from text alone. Jackson also reads numbers since 1970, arrays, and times as dates. */
    private static final class Text<T> extends StdScalarDeserializer<T> {

        private final Function<String, T> parser;

        Text(Class<T> type, Function<String, T> parser) {
            super(type);
            this.parser = parser;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                throw context.wrongTokenException(json, handledType(), JsonToken.VALUE_STRING, "it must be text");
            }
            try {
                return parser.apply(json.getString());
            } catch (DateTimeException e) {
                throw context.weirdStringException(json.getString(), handledType(), e.getMessage());
            }
        }
    }
}
