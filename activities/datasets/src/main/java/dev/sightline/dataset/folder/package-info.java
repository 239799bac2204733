/** Data sets as folders of files. */
@NullMarked
package dev.sightline.dataset.folder;

import org.jspecify.annotations.NullMarked;
