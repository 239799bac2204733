/** What the packages below share. */
@NullMarked
package dev.sightline.dataset;

import org.jspecify.annotations.NullMarked;
