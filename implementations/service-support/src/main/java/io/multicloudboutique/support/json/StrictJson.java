package io.multicloudboutique.support.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Makes Jackson read JSON with exactly the types of the contracts. Rejects numbers in strings, fractions where the
 * contract requires an integer (5.7, but not 5.0), numbers where it requires a string, dates that do not exist, nulls,
 * duplicate fields and unpaired surrogates. Unknown fields are ignored, even if their values break these rules.
 * Timestamps are written in UTC with milliseconds.
 */
class StrictJson implements JsonMapperBuilderCustomizer {

    @Override
    public void customize(JsonMapper.Builder builder) {
        builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .changeDefaultNullHandling(nulls -> nulls.withValueNulls(Nulls.FAIL, Nulls.FAIL))
                .addModule(new SimpleModule("strict")
                        .addDeserializer(String.class, new StrictText())
                        .addDeserializer(Boolean.class, new StrictBoolean())
                        .addDeserializer(Integer.class, new StrictInteger())
                        .addDeserializer(Long.class, new StrictLong())
                        .addDeserializer(BigDecimal.class, new StrictDecimal())
                        .addDeserializer(LocalDate.class, new StrictDate())
                        .addSerializer(OffsetDateTime.class, new Milliseconds()));
    }

    /** Writes timestamps with exactly three decimals, so that they sort correctly as text too. */
    private static final class Milliseconds extends StdSerializer<OffsetDateTime> {

        private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX");

        Milliseconds() {
            super(OffsetDateTime.class);
        }

        @Override
        public void serialize(OffsetDateTime time, JsonGenerator generator, SerializationContext context) {
            generator.writeString(FORMAT.format(time.withOffsetSameInstant(ZoneOffset.UTC)));
        }
    }

    private static final class StrictText extends StdDeserializer<String> {

        StrictText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw new ContractMismatch(parser, "must be a string");
            }
            var text = parser.getString();
            if (text.codePoints()
                    .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
                throw new ContractMismatch(parser, "must not contain an unpaired surrogate");
            }
            return text;
        }
    }

    private static final class StrictDate extends StdDeserializer<LocalDate> {

        StrictDate() {
            super(LocalDate.class);
        }

        @Override
        public LocalDate deserialize(JsonParser parser, DeserializationContext context) {
            try {
                if (parser.hasToken(JsonToken.VALUE_STRING)
                        && CalendarForms.DATE.matcher(parser.getString()).matches()) {
                    return LocalDate.parse(parser.getString());
                }
            } catch (DateTimeException e) {
                // reported below
            }
            throw new ContractMismatch(parser, "must be a date, such as 2025-07-20");
        }
    }

    private static final class StrictBoolean extends StdDeserializer<Boolean> {

        StrictBoolean() {
            super(Boolean.class);
        }

        @Override
        public Boolean deserialize(JsonParser parser, DeserializationContext context) {
            return switch (parser.currentToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> throw new ContractMismatch(parser, "must be true or false");
            };
        }
    }

    private static final class StrictInteger extends StdDeserializer<Integer> {

        StrictInteger() {
            super(Integer.class);
        }

        @Override
        public Integer deserialize(JsonParser parser, DeserializationContext context) {
            var number = wholeNumber(parser);
            if (number == null || number.compareTo(BigDecimal.valueOf(number.intValue())) != 0) {
                throw new ContractMismatch(parser, "must be an integer of at most 32 bits");
            }
            return number.intValue();
        }
    }

    private static final class StrictLong extends StdDeserializer<Long> {

        StrictLong() {
            super(Long.class);
        }

        @Override
        public Long deserialize(JsonParser parser, DeserializationContext context) {
            var number = wholeNumber(parser);
            if (number == null || number.compareTo(BigDecimal.valueOf(number.longValue())) != 0) {
                throw new ContractMismatch(parser, "must be an integer of at most 64 bits");
            }
            return number.longValue();
        }
    }

    private static final class StrictDecimal extends StdDeserializer<BigDecimal> {

        StrictDecimal() {
            super(BigDecimal.class);
        }

        /**
         * Removes trailing zeros. 12.990 thereby has two decimals, and equals 12.99 when requests with the same
         * idempotency key are compared.
         */
        @Override
        public BigDecimal deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.currentToken().isNumeric()) {
                throw new ContractMismatch(parser, "must be a number");
            }
            return parser.getDecimalValue().stripTrailingZeros();
        }
    }

    /**
     * Returns the number if it is an integer of at most 19 digits, otherwise null. The digits are counted before any
     * conversion, because a conversion of 1e999999999 would expand it.
     */
    private static @Nullable BigDecimal wholeNumber(JsonParser parser) {
        if (!parser.currentToken().isNumeric()) {
            return null;
        }
        var number = parser.getDecimalValue().stripTrailingZeros();
        return number.scale() <= 0 && number.precision() - number.scale() <= 19 ? number : null;
    }
}
