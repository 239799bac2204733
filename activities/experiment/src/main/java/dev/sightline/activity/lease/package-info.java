/** Leases of policy servers. */
@NullMarked
package dev.sightline.activity.lease;

import org.jspecify.annotations.NullMarked;
