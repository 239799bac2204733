package dev.sightline.dataset.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The part of Thrift's compact protocol that Parquet's headers and footers need. */
final class ThriftCompact {
  private static final int I16_OR_I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Deque<Integer> outer = new ArrayDeque<>();
  private int last;

  /** The bytes of one struct. */
  static byte[] struct(Consumer<ThriftCompact> fields) {
    ThriftCompact writer = new ThriftCompact();
    fields.accept(writer);
    writer.out.write(0);
    return writer.out.toByteArray();
  }

  void integer(int field, int value) {
    header(field, I16_OR_I32);
    varint(zigzag(value));
  }

  void wide(int field, long value) {
    header(field, I64);
    varint(zigzag(value));
  }

  void text(int field, String value) {
    header(field, BINARY);
    bytes(value);
  }

  void struct(int field, Consumer<ThriftCompact> fields) {
    header(field, STRUCT);
    inner(fields);
  }

  void integers(int field, List<Integer> values) {
    list(field, I16_OR_I32, values.size());
    values.forEach(value -> varint(zigzag(value)));
  }

  void texts(int field, List<String> values) {
    list(field, BINARY, values.size());
    values.forEach(this::bytes);
  }

  void structs(int field, List<Consumer<ThriftCompact>> values) {
    list(field, STRUCT, values.size());
    values.forEach(this::inner);
  }

  private void inner(Consumer<ThriftCompact> fields) {
    outer.push(last);
    last = 0;
    fields.accept(this);
    out.write(0);
    last = outer.pop();
  }

  private void list(int field, int type, int size) {
    header(field, LIST);
    if (size < 15) {
      out.write(size << 4 | type);
    } else {
      out.write(0xf0 | type);
      varint(size);
    }
  }

  /** Fields are written in rising order, so a short step tells the number. */
  private void header(int field, int type) {
    int step = field - last;
    if (step < 1 || step > 15) {
      throw new IllegalArgumentException("fields rise by 1 to 15");
    }
    out.write(step << 4 | type);
    last = field;
  }

  private void bytes(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    varint(encoded.length);
    out.writeBytes(encoded);
  }

  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
