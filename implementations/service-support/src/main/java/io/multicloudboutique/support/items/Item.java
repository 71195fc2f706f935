package io.multicloudboutique.support.items;

/** What a service keeps in a list of its own. */
public interface Item {

    /** Its id, from 1. */
    long id();

    /** Grows with each change of it. */
    long version();
}
