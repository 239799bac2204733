@NullMarked
package dev.sightline.spec;

import org.jspecify.annotations.NullMarked;
