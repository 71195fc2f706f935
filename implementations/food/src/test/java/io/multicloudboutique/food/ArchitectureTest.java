package io.multicloudboutique.food;

import io.multicloudboutique.testing.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {

    ArchitectureTest() {
        super("io.multicloudboutique.food");
    }
}
