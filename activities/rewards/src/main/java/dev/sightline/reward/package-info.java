@NullMarked
package dev.sightline.reward;

import org.jspecify.annotations.NullMarked;
