/** Commands about model folders; they start nothing. */
@NullMarked
package dev.sightline.worker.cli.model;

import org.jspecify.annotations.NullMarked;
