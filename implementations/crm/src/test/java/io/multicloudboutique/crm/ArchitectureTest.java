package io.multicloudboutique.crm;

import io.multicloudboutique.testing.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {

    ArchitectureTest() {
        super("io.multicloudboutique.crm");
    }
}
