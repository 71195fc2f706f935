/**
 * The client of Multicloud Boutique; start at {@link BoutiqueClient}.
 *
 * <p>Versions follow <a href="https://semver.org/">Semantic Versioning</a>: what compiles with one version does so with
 * later ones of the same major version. That holds for what users need, so do not rely on the rest:
 *
 * <ul>
 *   <li>The SDK alone implements the clients, {@link Page} and
 *       {@link Pages}. They gain methods when a service learns something.
 *   <li>The SDK alone makes the records of answers and the exceptions. Their constructors and record patterns change
 *       when an answer has more to tell.
 *   <li>Enumerations gain constants: let each {@code switch} over one have a {@code default}.
 *   <li>Packages with {@code internal} in their name are no part of the API, though their types are public.
 * </ul>
 */
@NullMarked
package io.multicloudboutique.client;

import org.jspecify.annotations.NullMarked;
