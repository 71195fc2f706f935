package io.multicloudboutique.client.crm;

import java.util.Optional;

/**
 * A customer. Immutable.
 *
 * @param id the id
 * @param name the given name
 * @param surname the family name
 * @param email the email address; empty if the customer has none
 * @param etag the version, for parameters named {@code etag} or {@code knownEtag}; empty in lists and in the result of
 *     a deletion
 */
public record Customer(long id, String name, String surname, Optional<String> email, Optional<String> etag) {}
