package io.multicloudboutique.inventory.stock;

/** A product of which a change needs more than is available. The problem shows it as in the contract. */
record Shortage(String productId, long available, long requested) {}
