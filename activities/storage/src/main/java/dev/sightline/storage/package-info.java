@NullMarked
package dev.sightline.storage;

import org.jspecify.annotations.NullMarked;
