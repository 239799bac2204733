/** Multiple choice that gives nothing away: options shared by items of which each is right once. */
@NullMarked
package dev.sightline.puzzle.choice;

import org.jspecify.annotations.NullMarked;
