/** Data sets in the formats that trainers and evaluation harnesses read. */
@NullMarked
package dev.sightline.dataset.export;

import org.jspecify.annotations.NullMarked;
