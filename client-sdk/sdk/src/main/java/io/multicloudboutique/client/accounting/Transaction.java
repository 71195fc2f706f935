package io.multicloudboutique.client.accounting;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A recorded transaction. Immutable.
 *
 * @param id the id
 * @param item the description of the transaction
 * @param price the price in the shop's currency, with at most two decimal places
 * @param date the date of the transaction
 * @param customer the customer's name; empty if the transaction has none
 * @param reference the identifier that the creator of the transaction chose, such as an order id; empty if the
 *     transaction has none
 * @param etag the version, for parameters named {@code etag} or {@code knownEtag}; empty in lists and in the result of
 *     a deletion
 */
public record Transaction(
        long id,
        String item,
        BigDecimal price,
        LocalDate date,
        Optional<String> customer,
        Optional<String> reference,
        Optional<String> etag) {}
