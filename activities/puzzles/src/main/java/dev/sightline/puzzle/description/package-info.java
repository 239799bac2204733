/** The common grammar of scene descriptions: writing, reading, comparing fact by fact. */
@NullMarked
package dev.sightline.puzzle.description;

import org.jspecify.annotations.NullMarked;
