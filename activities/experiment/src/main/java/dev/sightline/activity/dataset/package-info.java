/** Data sets: plan, shards, manifest. */
@NullMarked
package dev.sightline.activity.dataset;

import org.jspecify.annotations.NullMarked;
