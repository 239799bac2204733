/** The steps of a training run. */
@NullMarked
package dev.sightline.activity.training;

import org.jspecify.annotations.NullMarked;
