package dev.sightline.storage;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;

/** What is the same of every artifact store: bytes and their names are held against each other. */
abstract class DigestedArtifactStore implements ArtifactStore {
  @Override
  public final Digest put(byte[] bytes) {
    Digest digest = Digest.of(bytes);
    store(digest, bytes);
    return digest;
  }

  @Override
  public final void put(Digest expected, byte[] bytes) {
    Digest actual = Digest.of(bytes);
    if (!actual.equals(expected)) {
      throw new SightlineException(
          FailureType.ARTIFACT_CORRUPT,
          "the bytes offered as artifact %s have the digest %s".formatted(expected, actual));
    }
    store(expected, bytes);
  }

  /** Stores bytes under their own digest, unless the store holds them whole already. */
  abstract void store(Digest digest, byte[] bytes);
}
