package io.multicloudboutique.support;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A service that has nothing but what all services have. */
@SpringBootApplication
public class EmptyService {}
