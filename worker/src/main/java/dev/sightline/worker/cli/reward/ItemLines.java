package dev.sightline.worker.cli.reward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sightline.reward.AnswerReader;
import dev.sightline.reward.RewardDesign;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Items from JSON lines, one at a time; blank lines are passed over. */
final class ItemLines implements AutoCloseable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final BufferedReader lines;
  private final RewardDesign design;
  private final AnswerReader reader;
  private final ShownScenes scenes = new ShownScenes();
  private long line;
  private boolean broken;

  ItemLines(InputStream in, RewardDesign design, AnswerReader reader) {
    // The decoder reports what is not UTF-8 instead of replacing it.
    this.lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
    this.design = design;
    this.reader = reader;
  }

  /** Of the item that was read last, from 1. */
  long line() {
    return line;
  }

  /**
   * The next item, with all that the design needs; empty at the end.
   *
   * @throws BadInputException naming the field; reading may go on behind it
   */
  Optional<ScoreItem> next() throws IOException, BadInputException {
    for (String text = read(); text != null; text = read()) {
      if (!text.isBlank()) {
        ScoreItem item = ScoreItem.read(parse(text), line, reader, scenes);
        item.check(design);
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  private @Nullable String read() throws IOException, BadInputException {
    line++;
    try {
      return broken ? null : lines.readLine();
    } catch (CharacterCodingException binary) {
      broken = true; // where the next line begins is not known
      throw new BadInputException("", "is not UTF-8 text here or below", "save it as UTF-8");
    }
  }

  private static JsonNode parse(String text) throws BadInputException {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new BadInputException(
          "", "is no JSON (" + broken.getOriginalMessage() + ")", "write one object a line");
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
