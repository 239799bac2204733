/** Water jugs: the fewest pours from the shown amounts to the asked ones. */
@NullMarked
package dev.sightline.puzzle.waterjugs;

import org.jspecify.annotations.NullMarked;
