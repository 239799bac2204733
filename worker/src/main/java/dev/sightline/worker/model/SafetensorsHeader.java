package dev.sightline.worker.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a safetensors file says of its tensors. Only the header is read: 8 bytes of length (little
 * endian), that many bytes of JSON, then the data. Source: the format section of the safetensors
 * README.
 *
 * @param tensors by name, in name order
 */
record SafetensorsHeader(SortedMap<String, Tensor> tensors) {
  private static final long LONGEST_HEADER = 100_000_000;
  private static final Map<String, Integer> BYTES =
      Map.ofEntries(
          Map.entry("F64", 8),
          Map.entry("I64", 8),
          Map.entry("F32", 4),
          Map.entry("I32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I16", 2),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E5M2", 1),
          Map.entry("I8", 1),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1));

  /** Type and shape of one tensor. */
  record Tensor(String type, List<Long> shape) {
    Tensor {
      shape = List.copyOf(shape);
    }

    long elements() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  SafetensorsHeader {
    tensors = new TreeMap<>(tensors);
  }

  /** Reads a file's header and checks that the file has all the bytes that it speaks of. */
  static SafetensorsHeader read(Path file) throws IncompleteFolderException {
    String name = file.getFileName().toString();
    try (FileChannel channel = FileChannel.open(file)) {
      long length = take(channel, 8, name).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length < 2 || length > LONGEST_HEADER) {
        throw new IncompleteFolderException(name + " is not a safetensors file");
      }
      JsonNode header = JsonFile.parse(take(channel, (int) length, name).array(), name);
      SortedMap<String, Tensor> tensors = new TreeMap<>();
      long end = 0;
      for (Map.Entry<String, JsonNode> field : header.properties()) {
        if (field.getKey().equals("__metadata__")) {
          continue;
        }
        Tensor tensor = tensor(name, field.getKey(), field.getValue());
        end = Math.max(end, field.getValue().path("data_offsets").path(1).asLong());
        tensors.put(field.getKey(), tensor);
      }
      long expected = 8 + length + end;
      if (channel.size() != expected) {
        throw new IncompleteFolderException(
            "%s has %,d bytes where its header speaks of %,d"
                .formatted(name, channel.size(), expected));
      }
      return new SafetensorsHeader(tensors);
    } catch (IOException e) {
      throw new IncompleteFolderException(name + " cannot be read");
    }
  }

  private static Tensor tensor(String file, String name, JsonNode value)
      throws IncompleteFolderException {
    List<Long> shape = new ArrayList<>();
    value.path("shape").forEach(size -> shape.add(size.asLong(-1)));
    Tensor tensor = new Tensor(value.path("dtype").asText(), shape);
    Integer bytes = BYTES.get(tensor.type());
    JsonNode offsets = value.path("data_offsets");
    if (bytes == null || shape.stream().anyMatch(size -> size < 0)) {
      throw new IncompleteFolderException(
          "%s holds %s of type '%s', which is not known".formatted(file, name, tensor.type()));
    }
    if (offsets.path(1).asLong() - offsets.path(0).asLong() != tensor.elements() * bytes) {
      throw new IncompleteFolderException(
          "%s holds %s with other bytes than its shape has".formatted(file, name));
    }
    return tensor;
  }

  private static ByteBuffer take(FileChannel channel, int count, String name)
      throws IOException, IncompleteFolderException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IncompleteFolderException(name + " ends inside its header");
      }
    }
    return buffer.flip();
  }
}
