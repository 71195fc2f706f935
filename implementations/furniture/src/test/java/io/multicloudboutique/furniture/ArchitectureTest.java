package io.multicloudboutique.furniture;

import io.multicloudboutique.testing.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {

    ArchitectureTest() {
        super("io.multicloudboutique.furniture");
    }
}
