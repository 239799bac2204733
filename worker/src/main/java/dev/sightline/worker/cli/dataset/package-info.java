/** {@code sightline dataset ...} and {@code sightline bench ...}: no server, no Temporal. */
@NullMarked
package dev.sightline.worker.cli.dataset;

import org.jspecify.annotations.NullMarked;
