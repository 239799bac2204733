package dev.sightline.triton;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor of type BYTES and shape [1]: one string or blob. On the wire a 4-byte little-endian
 * length, then the bytes.
 */
public record BytesTensor(String name, ByteString content) {
  static final String DATATYPE = "BYTES";
  private static final int PREFIX = 4;

  public static BytesTensor of(String name, byte[] content) {
    return new BytesTensor(name, ByteString.copyFrom(content));
  }

  ByteString raw() {
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    prefix.putInt(content.size()).flip();
    return ByteString.copyFrom(prefix).concat(content);
  }

  static BytesTensor fromRaw(String name, ByteString raw) {
    if (raw.size() < PREFIX) {
      throw new IllegalArgumentException(
          "tensor " + name + " has " + raw.size() + " raw bytes; a BYTES element needs at least 4");
    }
    int length = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length != raw.size() - PREFIX) {
      throw new IllegalArgumentException(
          "tensor "
              + name
              + " announces "
              + length
              + " bytes and has "
              + (raw.size() - PREFIX)
              + "; one element is expected");
    }
    return new BytesTensor(name, raw.substring(PREFIX));
  }
}
