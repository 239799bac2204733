package dev.sightline.worker.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON files of a model folder. */
final class JsonFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private JsonFile() {}

  static JsonNode read(Path file) throws IncompleteFolderException {
    try {
      return parse(Files.readAllBytes(file), file.getFileName().toString());
    } catch (IOException e) {
      throw new IncompleteFolderException(file.getFileName() + " cannot be read");
    }
  }

  static JsonNode parse(byte[] text, String what) throws IncompleteFolderException {
    try {
      JsonNode tree = JSON.readTree(text);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      throw new IncompleteFolderException(what + " is not JSON");
    } catch (IOException e) {
      throw new IncompleteFolderException(what + " cannot be read");
    }
    throw new IncompleteFolderException(what + " is not a JSON object");
  }

  /** A positive whole number. */
  static long size(JsonNode object, String field, String where) throws IncompleteFolderException {
    JsonNode value = object.path(field);
    if (!value.canConvertToLong() || !value.isIntegralNumber() || value.asLong() < 1) {
      throw new IncompleteFolderException(
          where + " has no " + field + " above 0, which the shapes of the weights follow from");
    }
    return value.asLong();
  }

  /** A positive whole number with a usual value. */
  static long size(JsonNode object, String field, long usual, String where)
      throws IncompleteFolderException {
    return object.hasNonNull(field) ? size(object, field, where) : usual;
  }
}
