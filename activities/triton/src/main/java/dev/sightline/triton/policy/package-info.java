/** The policy protocol (deploy/triton/PROTOCOL.md) on top of Triton's inference call. */
@NullMarked
package dev.sightline.triton.policy;

import org.jspecify.annotations.NullMarked;
