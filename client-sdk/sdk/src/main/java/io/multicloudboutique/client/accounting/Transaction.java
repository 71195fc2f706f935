package io.multicloudboutique.client.accounting;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A transaction.
 *
 * @param id the id
 * @param item what it was about
 * @param price the price, in the shop's currency, with at most two decimals
 * @param date the day
 * @param customer the customer's name
 * @param reference the caller's own name for it, an order id for example
 * @param etag its version, for {@code If-Match} and {@code If-None-Match}; empty in lists and in what was deleted
 */
public record Transaction(
        long id,
        String item,
        BigDecimal price,
        LocalDate date,
        Optional<String> customer,
        Optional<String> reference,
        Optional<String> etag) {}
