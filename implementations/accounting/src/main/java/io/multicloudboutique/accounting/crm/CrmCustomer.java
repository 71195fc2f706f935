package io.multicloudboutique.accounting.crm;

import java.util.regex.Pattern;

/** The fields of a customer of the CRM that the accounting service reads, and no others. */
public record CrmCustomer(String name, String surname) {

    private static final Pattern TEXT = Pattern.compile("[^\\x00-\\x1F\\x7F-\\x9F]{1,200}");

    /** Refuses what this service could not pass on under its own contract. */
    public CrmCustomer {
        if (!TEXT.matcher(name).matches() || !TEXT.matcher(surname).matches()) {
            throw new IllegalArgumentException("Not a customer of the CRM");
        }
    }
}
