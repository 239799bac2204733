/** Other projects' items: solved by our solvers, and turned into our data sets. */
@NullMarked
package dev.sightline.dataset.foreign;

import org.jspecify.annotations.NullMarked;
