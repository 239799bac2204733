/** Triton's gRPC service as plain Java: deadlines on every call, failures as named types. */
@NullMarked
package dev.sightline.triton;

import org.jspecify.annotations.NullMarked;
