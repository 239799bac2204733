/**
 * What outlives every process: PostgreSQL stores over JDBC and the content-addressed artifact
 * store. All stores throw {@link dev.sightline.foundation.SightlineException}; {@link Database}
 * names the failure types.
 */
@NullMarked
package dev.sightline.storage;

import org.jspecify.annotations.NullMarked;
