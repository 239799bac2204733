/** Keeping a run's policy where the ledger says it is. */
@NullMarked
package dev.sightline.activity.policy;

import org.jspecify.annotations.NullMarked;
