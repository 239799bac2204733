package dev.sightline.storage;

import dev.sightline.foundation.Digest;

/**
 * Bytes named by their SHA-256. Equal bytes are one artifact; an artifact never changes. Safe for
 * concurrent writers, in one process or in several.
 */
public interface ArtifactStore {
  /**
   * Stores the bytes and returns their digest, once they would survive a power cut.
   *
   * @throws dev.sightline.foundation.SightlineException STORAGE_FULL, STORE_UNAVAILABLE
   */
  Digest put(byte[] bytes);

  /**
   * Stores bytes whose digest is known: the rebuilding of a lost artifact. A damaged copy in the
   * store is replaced.
   *
   * @throws dev.sightline.foundation.SightlineException ARTIFACT_CORRUPT when the bytes are not the
   *     ones expected; else as {@link #put(byte[])}
   */
  void put(Digest expected, byte[] bytes);

  /**
   * The bytes, verified against their name.
   *
   * @throws dev.sightline.foundation.SightlineException ARTIFACT_MISSING, ARTIFACT_CORRUPT naming
   *     the path, STORE_UNAVAILABLE
   */
  byte[] get(Digest digest);

  /** Whether something is stored under that name; the bytes are not verified. */
  boolean contains(Digest digest);
}
