package io.multicloudboutique.support;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A service without operations of its own. It has only the features that all services share. */
@SpringBootApplication
public class EmptyService {}
