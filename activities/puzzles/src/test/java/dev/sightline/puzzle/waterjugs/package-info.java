@NullMarked
package dev.sightline.puzzle.waterjugs;

import org.jspecify.annotations.NullMarked;
