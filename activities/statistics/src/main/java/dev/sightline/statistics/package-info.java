@NullMarked
package dev.sightline.statistics;

import org.jspecify.annotations.NullMarked;
