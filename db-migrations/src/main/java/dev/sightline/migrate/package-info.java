@NullMarked
package dev.sightline.migrate;

import org.jspecify.annotations.NullMarked;
