package io.multicloudboutique.client;

import java.util.List;

/**
 * A page of a list: the items that one request returns. Lists with a summary have their own page types.
 *
 * @param <T> the type of the items
 */
public interface Page<T> {

    /** The items of this page, in the order of the list. Not modifiable; empty if there are none. */
    List<T> items();
}
