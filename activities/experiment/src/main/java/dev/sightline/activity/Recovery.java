package dev.sightline.activity;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.AttemptLog;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads artifacts. One that the store has lost, or holds damaged, is made again where it follows
 * from what else is stored, and counts only with the digest that was recorded for it.
 */
public final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final ArtifactStore artifacts;
  private final AttemptLog attempts;

  public Recovery(ArtifactStore artifacts, AttemptLog attempts) {
    this.artifacts = artifacts;
    this.attempts = attempts;
  }

  /**
   * What an artifact is to people.
   *
   * @param scope workflow id of whose it is
   * @param what it is, such as {@code the batch of step 3}
   */
  public record Part(String scope, String what) {}

  /**
   * An artifact that is a function of what else is stored.
   *
   * @param remake makes its bytes; asked only where the store cannot give them
   * @throws SightlineException ARTIFACT_MISSING or ARTIFACT_CORRUPT where other bytes were made
   *     than were recorded; whatever {@code remake} throws
   */
  public byte[] get(Digest digest, Part part, Supplier<byte[]> remake) {
    try {
      return artifacts.get(digest);
    } catch (SightlineException e) {
      if (!lost(e)) {
        throw e;
      }
      byte[] made = Heartbeat.whereCarried("making " + part.what() + " again", remake);
      restore(digest, part, e, made);
      return made;
    }
  }

  /**
   * An artifact that nothing else holds.
   *
   * @param remedy what to do without it, as the end of a sentence
   * @throws SightlineException ARTIFACT_MISSING or ARTIFACT_CORRUPT that say what to do
   */
  public byte[] unique(Digest digest, Part part, String remedy) {
    try {
      return artifacts.get(digest);
    } catch (SightlineException e) {
      if (!lost(e)) {
        throw e;
      }
      throw new SightlineException(
          e.type(),
          "%s. It is %s and cannot be made again: put its file back from a copy and retry, or %s"
              .formatted(e.getMessage(), part.what(), remedy),
          e);
    }
  }

  /** Only the bytes that were recorded take the lost ones' place. */
  private void restore(Digest digest, Part part, SightlineException loss, byte[] made) {
    Digest found = Digest.of(made);
    if (!found.equals(digest)) {
      throw new SightlineException(
          loss.type(),
          "%s. It is %s, and what this build makes in its place has another digest, %s: put the file back from a copy, or start the build that made it, and retry"
              .formatted(loss.getMessage(), part.what(), found),
          loss);
    }
    artifacts.put(digest, made);
    String told = "%s; made again to its digest: %s".formatted(loss.getMessage(), part.what());
    LOG.warn("artifact restored scope={} type={}: {}", part.scope(), loss.type(), told);
    attempts.append(part.scope(), AttemptLog.ARTIFACT, 1, loss.type(), told);
  }

  /** Whether a failure says that an artifact is missing or damaged. */
  public static boolean lost(SightlineException e) {
    return e.type() == FailureType.ARTIFACT_MISSING || e.type() == FailureType.ARTIFACT_CORRUPT;
  }
}
