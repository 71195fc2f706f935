package io.multicloudboutique.client.accounting;

/**
 * A customer as the CRM had it.
 *
 * @param name the given name
 * @param surname the family name
 */
public record CrmCustomer(String name, String surname) {}
