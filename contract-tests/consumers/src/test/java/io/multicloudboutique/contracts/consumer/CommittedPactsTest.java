package io.multicloudboutique.contracts.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

class CommittedPactsTest {

    @Test
    void eachCommittedPactIsWrittenByATest() throws IOException {
        var tests = ReflectionSupport.findAllClassesInPackage(
                CommittedPactsTest.class.getPackageName(), ModifierSupport::isNotAbstract, name -> true);

        try (var files = Files.list(CommittedPacts.COMMITTED)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("committed pacts; delete a pact that no test writes any more")
                    .isSubsetOf(CommittedPacts.of(tests.toArray(Class<?>[]::new)));
        }
    }
}
