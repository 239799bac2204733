package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;

/**
 * The chain of inputs that led to a policy's present state (PROTOCOL.md, "Lineage and state
 * digest"). It proves what was asked, not what was computed: compare state digests for that.
 */
public final class Lineage {
  private Lineage() {}

  /**
   * L0: a policy before any step.
   *
   * @param baseStateDigest of the weights alone
   * @param runDigest of what defines the run
   * @param environmentDigest of what can change bits: versions, device, threads
   */
  public static Digest base(Digest baseStateDigest, Digest runDigest, Digest environmentDigest) {
    return Digest.ofCanonical(
        Trees.of(
            "kind", "base",
            "baseStateDigest", baseStateDigest,
            "runDigest", runDigest,
            "environmentDigest", environmentDigest));
  }

  /** L(n+1) from L(n): {@code batch} is the digest of the step's payload bytes. */
  public static Digest next(Digest parent, Digest batch, StepIdentity identity) {
    return Digest.ofCanonical(
        Trees.of("kind", "step", "parent", parent, "batch", batch, "identity", identity.toTree()));
  }
}
