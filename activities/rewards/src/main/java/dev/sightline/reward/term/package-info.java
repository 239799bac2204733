/** Sightline's own terms; found by {@link java.util.ServiceLoader} like everybody else's. */
@NullMarked
package dev.sightline.reward.term;

import org.jspecify.annotations.NullMarked;
