/** How much one worker holds, against a policy server that costs nothing. */
@NullMarked
package dev.sightline.worker.scale;

import org.jspecify.annotations.NullMarked;
