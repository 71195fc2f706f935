package io.multicloudboutique.client;

import java.util.List;

/** What one request for a list answered. Lists that come with a summary have a page type of their own. */
public interface Page<T> {

    /** The items of this page, in the order of the list. Not modifiable, and empty if there are none. */
    List<T> items();
}
