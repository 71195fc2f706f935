package io.multicloudboutique.support.http;

import java.util.stream.Stream;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** Reads the parameters of a request whose values the contract lists, such as {@code active}. Spring reads only {@code ACTIVE}. */
final class EnumParameters implements WebFluxConfigurer {

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverterFactory(new ByValue());
    }

    private static final class ByValue implements ConverterFactory<String, Enum<?>> {

        @Override
        public <T extends Enum<?>> Converter<String, T> getConverter(Class<T> type) {
            return text -> Stream.of(type.getEnumConstants())
                    .filter(constant -> constant.toString().equals(text)) // the value in the contract
                    .findFirst()
                    .orElseThrow(); // OperationParameter has checked the value
        }
    }
}
