@NullMarked
package dev.sightline.puzzle.chainlink;

import org.jspecify.annotations.NullMarked;
