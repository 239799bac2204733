package dev.sightline.triton.policy;

import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.Digest;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of a job's input with their digest; computed once, never changed. */
public final class Payload {
  private final byte[] bytes;
  private final Digest digest;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
    this.digest = Digest.of(bytes);
  }

  /** Copies the bytes, for instance those of a stored artifact that is replayed. */
  public static Payload of(byte[] bytes) {
    return new Payload(bytes.clone());
  }

  static Payload canonical(Map<String, @Nullable Object> tree) {
    return new Payload(CanonicalJson.bytes(tree));
  }

  /** The batch digest of a step, and the name under which the server stages it. */
  public Digest digest() {
    return digest;
  }

  public int size() {
    return bytes.length;
  }

  /** A copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  byte[] slice(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Payload payload && payload.digest.equals(digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return "Payload[" + digest.shortForm() + ", " + bytes.length + " bytes]";
  }
}
