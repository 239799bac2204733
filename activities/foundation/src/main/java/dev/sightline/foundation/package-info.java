@NullMarked
package dev.sightline.foundation;

import org.jspecify.annotations.NullMarked;
