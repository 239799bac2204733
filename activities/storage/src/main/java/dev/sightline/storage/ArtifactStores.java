package dev.sightline.storage;

import java.nio.file.Path;

/** Opens the artifact store that an address names. */
public final class ArtifactStores {
  private static final String S3 = "s3://";

  private ArtifactStores() {}

  /** Whether an address names a bucket rather than a folder. */
  public static boolean isS3(String address) {
    return address.startsWith(S3);
  }

  /**
   * @param address a folder, or {@code s3://bucket/prefix}
   * @throws IllegalArgumentException when the address is neither
   * @throws dev.sightline.foundation.SightlineException STORE_UNAVAILABLE, STORAGE_FULL;
   *     INVALID_REQUEST when AWS's settings do not do
   */
  public static ArtifactStore open(String address) {
    return isS3(address)
        ? S3ArtifactStore.open(address)
        : new FolderArtifactStore(Path.of(address));
  }
}
