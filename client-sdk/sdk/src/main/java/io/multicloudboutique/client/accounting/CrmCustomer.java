package io.multicloudboutique.client.accounting;

/**
 * A customer of the CRM, as returned with a list of transactions.
 *
 * @param name the given name
 * @param surname the family name
 */
public record CrmCustomer(String name, String surname) {}
