/** Asking checkpoints, and the rows that come of it. */
@NullMarked
package dev.sightline.activity.evaluation;

import org.jspecify.annotations.NullMarked;
