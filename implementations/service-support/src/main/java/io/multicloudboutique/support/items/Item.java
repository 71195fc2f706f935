package io.multicloudboutique.support.items;

/** An element of a list that a service stores, such as a customer. */
public interface Item {

    /** The id of the item, at least 1. */
    long id();

    /** The version of the item, which grows with each change. */
    long version();
}
