/** Chains in pieces, to be joined into one. */
@NullMarked
package dev.sightline.puzzle.chainlink;

import org.jspecify.annotations.NullMarked;
