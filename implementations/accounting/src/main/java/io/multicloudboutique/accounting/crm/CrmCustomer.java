package io.multicloudboutique.accounting.crm;

import java.util.regex.Pattern;

/** A customer of the CRM, with only the fields that the accounting service reads. */
public record CrmCustomer(String name, String surname) {

    private static final Pattern TEXT = Pattern.compile("[^\\x00-\\x1F\\x7F-\\x9F]{1,200}");

    /**
     * Rejects values that the accounting service's own contract does not allow in a response.
     *
     * @throws IllegalArgumentException if a value is invalid
     */
    public CrmCustomer {
        if (!TEXT.matcher(name).matches() || !TEXT.matcher(surname).matches()) {
            throw new IllegalArgumentException("The CRM returned an invalid customer");
        }
    }
}
