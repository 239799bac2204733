/** A data set as a page to look at. */
@NullMarked
package dev.sightline.dataset.gallery;

import org.jspecify.annotations.NullMarked;
