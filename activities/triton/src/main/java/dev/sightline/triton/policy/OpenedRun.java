package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;

/**
 * The answer to {@code open} of a run that is open.
 *
 * @param lineage where the run stands: L0, or further on when it was open already
 * @param baseStateDigest of the weights before any step
 * @param parameters how many numbers the model has
 */
public record OpenedRun(
    Digest lineage, Digest baseStateDigest, long parameters, boolean alreadyOpen)
    implements OpenAnswer {
  static OpenedRun read(JsonFields body) {
    return new OpenedRun(
        body.digest("lineage"),
        body.digest("baseStateDigest"),
        body.number("parameters").longValue(),
        body.flagOr("alreadyOpen", false));
  }
}
