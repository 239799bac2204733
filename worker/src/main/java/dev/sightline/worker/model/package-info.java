/**
 * Model folders without a server: what they hold, and what training them takes of a GPU's memory.
 */
@NullMarked
package dev.sightline.worker.model;

import org.jspecify.annotations.NullMarked;
