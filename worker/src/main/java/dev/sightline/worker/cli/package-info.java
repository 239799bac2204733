@NullMarked
package dev.sightline.worker.cli;

import org.jspecify.annotations.NullMarked;
