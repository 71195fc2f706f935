package io.multicloudboutique.client;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The descriptor that the build adds to the jar. The programs in client-sdk/compatibility run the jar as a module. */
class ModuleTest {

    @Test
    void theModuleExportsThePackagesOfThePublicApi() throws IOException {
        ModuleDescriptor module;
        try (var descriptor = Files.newInputStream(Path.of("target", "module", "module-info.class"))) {
            module = ModuleDescriptor.read(descriptor);
        }

        assertThat(module.exports().stream().map(ModuleDescriptor.Exports::source))
                .containsExactlyInAnyOrderElementsOf(new PublicApi()
                        .types().stream().map(Class::getPackageName).collect(toSet()));
    }
}
