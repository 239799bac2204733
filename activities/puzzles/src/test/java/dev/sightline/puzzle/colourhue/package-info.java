@NullMarked
package dev.sightline.puzzle.colourhue;

import org.jspecify.annotations.NullMarked;
