/** What holds for every family, whatever it shows. */
@NullMarked
package dev.sightline.puzzle.family;

import org.jspecify.annotations.NullMarked;
