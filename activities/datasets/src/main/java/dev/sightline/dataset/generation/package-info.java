/** Making and checking data sets in this process. */
@NullMarked
package dev.sightline.dataset.generation;

import org.jspecify.annotations.NullMarked;
