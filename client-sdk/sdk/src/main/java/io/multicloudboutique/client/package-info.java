/**
 * The Java client of Multicloud Boutique. Start at {@link BoutiqueClient}.
 *
 * <p>Versions follow <a href="https://semver.org/">Semantic Versioning</a>: code that compiles with one version also
 * compiles with later versions of the same major version. This promise does not cover the following:
 *
 * <ul>
 *   <li>Only the SDK implements the clients, {@link Page} and {@link Pages}. These interfaces gain methods when a
 *       service gains operations.
 *   <li>Only the SDK creates exceptions and the records in responses. Their constructors and record patterns change
 *       when a response gains fields.
 *   <li>Enums gain constants, so give each {@code switch} over an enum a {@code default}.
 *   <li>Packages with {@code internal} in their name are not part of the public API, although their types are public.
 * </ul>
 */
@NullMarked
package io.multicloudboutique.client;

import org.jspecify.annotations.NullMarked;
