package dev.sightline.foundation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A tree of seeds: a node is a path of words, its seed the first eight bytes (big-endian) of
 * SHA-256 over {@code "sightline-seed/1"} and the words, each preceded by the unit separator.
 * Neighbouring paths share nothing, so no draw depends on how many draws another made.
 */
public record SeedTree(List<String> path) {
  private static final String DOMAIN = "sightline-seed/1";
  private static final char SEPARATOR = '\u001f';

  public SeedTree {
    path = List.copyOf(path);
    for (String word : path) {
      if (word.indexOf(SEPARATOR) >= 0) {
        throw new IllegalArgumentException(
            "a seed path word may not hold the unit separator: " + word);
      }
    }
  }

  public static SeedTree root(long seed) {
    return new SeedTree(List.of(Long.toString(seed)));
  }

  public SeedTree child(String purpose) {
    List<String> longer = new ArrayList<>(path);
    longer.add(purpose);
    return new SeedTree(longer);
  }

  public SeedTree child(long index) {
    return child(Long.toString(index));
  }

  public long seed() {
    MessageDigest sha = Digest.sha256();
    StringBuilder text = new StringBuilder(DOMAIN);
    for (String word : path) {
      text.append(SEPARATOR).append(word);
    }
    return ByteBuffer.wrap(sha.digest(text.toString().getBytes(StandardCharsets.UTF_8))).getLong();
  }

  /** A fresh SplitMix64 stream from this node's seed. */
  public SplittableRandom random() {
    return new SplittableRandom(seed());
  }
}
