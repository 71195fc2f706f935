package io.multicloudboutique.inventory;

import io.multicloudboutique.testing.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {

    ArchitectureTest() {
        super("io.multicloudboutique.inventory");
    }
}
