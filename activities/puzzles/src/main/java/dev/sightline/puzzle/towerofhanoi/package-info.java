/** Tower of Hanoi: the least number of moves between two positions. */
@NullMarked
package dev.sightline.puzzle.towerofhanoi;

import org.jspecify.annotations.NullMarked;
