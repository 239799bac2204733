@NullMarked
package dev.sightline.triton;

import org.jspecify.annotations.NullMarked;
