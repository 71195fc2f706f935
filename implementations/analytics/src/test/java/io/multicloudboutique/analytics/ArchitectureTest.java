package io.multicloudboutique.analytics;

import io.multicloudboutique.testing.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {

    ArchitectureTest() {
        super("io.multicloudboutique.analytics");
    }
}
