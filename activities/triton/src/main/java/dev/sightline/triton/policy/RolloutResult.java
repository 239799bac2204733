package dev.sightline.triton.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Completions in the order of the prompts, then of the samples.
 *
 * @param lineage and {@code stateDigest}: the state that sampled
 */
public record RolloutResult(
    List<Completion> completions,
    Digest lineage,
    Digest stateDigest,
    long promptTokens,
    long completionTokens) {
  private static final JsonFactory FACTORY = new JsonFactory();

  public RolloutResult {
    completions = List.copyOf(completions);
  }

  /** Why a completion ended: a stop string, the end token, or the limit. */
  public enum Finish {
    STOP,
    EOS,
    LENGTH
  }

  /**
   * One sample.
   *
   * @param text with the stop string, without the end token
   * @param tokens with the stop or end token, which is trained too
   * @param logProbs of the sampling distribution, one for each token
   */
  public record Completion(
      String prompt,
      int sample,
      String text,
      List<Integer> tokens,
      List<Double> logProbs,
      Finish finish) {
    public Completion {
      tokens = List.copyOf(tokens);
      logProbs = List.copyOf(logProbs);
    }
  }

  /** Only the count of sampled tokens of a job's result bytes, without reading what they are. */
  public static long completionTokens(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean metrics = parser.currentName().equals("metrics");
        parser.nextToken();
        if (!metrics) {
          parser.skipChildren();
          continue;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean wanted = parser.currentName().equals("completionTokens");
          parser.nextToken();
          if (wanted) {
            return parser.getLongValue();
          }
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new SightlineException(
          FailureType.PROTOCOL_VIOLATION, "the rollout result is no JSON: " + e.getMessage(), e);
    }
    throw new SightlineException(
        FailureType.PROTOCOL_VIOLATION, "the rollout result has no metrics.completionTokens");
  }

  /**
   * Only how many tokens each completion of a job's result bytes has, without reading what they
   * are.
   */
  public static List<Integer> lengths(byte[] json) {
    List<Integer> lengths = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean completions = parser.currentName().equals("completions");
        parser.nextToken();
        if (!completions) {
          parser.skipChildren();
          continue;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          lengths.add(tokens(parser));
        }
        return List.copyOf(lengths);
      }
    } catch (IOException e) {
      throw new SightlineException(
          FailureType.PROTOCOL_VIOLATION, "the rollout result is no JSON: " + e.getMessage(), e);
    }
    throw new SightlineException(
        FailureType.PROTOCOL_VIOLATION, "the rollout result has no completions");
  }

  private static int tokens(JsonParser parser) throws IOException {
    int tokens = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals("tokens");
      parser.nextToken();
      if (!wanted) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        tokens++;
      }
    }
    return tokens;
  }

  /** Reads a job's result bytes. */
  public static RolloutResult read(byte[] json) {
    JsonFields root = JsonFields.parse(json, "rollout result");
    JsonFields metrics = root.object("metrics");
    return new RolloutResult(
        root.objects("completions").stream()
            .map(
                c ->
                    new Completion(
                        c.text("prompt"),
                        c.whole("sample"),
                        c.text("text"),
                        c.integers("tokens"),
                        c.numbers("logProbs"),
                        c.constant("finish", Finish.class)))
            .toList(),
        root.digest("lineage"),
        root.digest("stateDigest"),
        metrics.count("promptTokens"),
        metrics.count("completionTokens"));
  }
}
