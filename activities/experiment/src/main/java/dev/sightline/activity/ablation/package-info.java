/** The experiment as a whole: stages, state, report. */
@NullMarked
package dev.sightline.activity.ablation;

import org.jspecify.annotations.NullMarked;
