@NullMarked
package dev.sightline.worker.stack;

import org.jspecify.annotations.NullMarked;
