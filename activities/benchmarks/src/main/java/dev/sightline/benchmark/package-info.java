/** JMH benchmarks. */
@NullMarked
package dev.sightline.benchmark;

import org.jspecify.annotations.NullMarked;
