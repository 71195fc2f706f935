package io.multicloudboutique.client.crm;

import java.util.Optional;

/**
 * A customer.
 *
 * @param id the id
 * @param name the given name
 * @param surname the family name
 * @param email the email address
 * @param etag its version, for {@code If-Match} and {@code If-None-Match}; empty in lists and in what was deleted
 */
public record Customer(long id, String name, String surname, Optional<String> email, Optional<String> etag) {}
