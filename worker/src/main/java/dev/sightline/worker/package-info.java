@NullMarked
package dev.sightline.worker;

import org.jspecify.annotations.NullMarked;
