@NullMarked
package dev.sightline.puzzle.towerofhanoi;

import org.jspecify.annotations.NullMarked;
