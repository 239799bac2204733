package dev.sightline.worker.cli.reward;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.reward.AnswerReader;
import dev.sightline.reward.Answers;
import dev.sightline.reward.Attempt;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.Mode;
import dev.sightline.reward.Recorded;
import dev.sightline.reward.RewardDesign;
import dev.sightline.reward.RewardItem;
import dev.sightline.reward.WeightedTerm;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One item to score, read from JSON. The same fields are a line of {@code reward score} and an
 * element of {@code items} in {@code POST /v1/score}. Fields of other names are the user's own.
 *
 * @param asked whether the item says what was asked, so that S exists
 */
record ScoreItem(String id, Attempt attempt, boolean asked) {
  private static final String TYPES = "give text, integer or time";

  /**
   * @param number of the item, from 1; its id where it has none
   * @param byDefault the reader of items that name none
   * @throws BadInputException naming the field
   */
  static ScoreItem read(JsonNode node, long number, AnswerReader byDefault, ShownScenes scenes)
      throws BadInputException {
    if (!node.isObject()) {
      throw new BadInputException("", "is no JSON object", "give one such as {\"completion\":...}");
    }
    String id = node.has("id") ? name(node, "id") : Long.toString(number);
    String completion = text(node, "completion");
    AnswerType type = type(node);
    String answer = name(node, "answer");
    if (!readable(type, answer)) {
      throw new BadInputException(
          "answer",
          "'" + answer + "' is no " + (type == AnswerType.TIME ? "time" : "integer"),
          type == AnswerType.TIME ? "give H:MM" : "give digits, or answerType text");
    }
    RewardItem.@Nullable Shown shown = scenes.of(node);
    long step = node.hasNonNull("step") ? whole(node, "step", Long.MAX_VALUE) : 0;
    Attempt attempt =
        Attempt.of(new RewardItem(answer, type, shown), completion)
            .in(mode(node))
            .truncated(flag(node, "truncated"))
            .readBy(reader(node).orElse(byDefault))
            .at(step, SeedTree.root(0).child("reward-score").child(id).child(step))
            .with(recorded(node));
    return new ScoreItem(id, attempt, node.hasNonNull("question"));
  }

  /**
   * @throws BadInputException naming the first field that the design's terms need and the item does
   *     not have
   */
  void check(RewardDesign design) throws BadInputException {
    for (WeightedTerm term : design.terms()) {
      for (Evidence evidence : Evidence.values()) {
        if (term.term().evidence(term.settings()).contains(evidence)) {
          Optional<String> missing = missing(evidence);
          if (missing.isPresent()) {
            throw new BadInputException(
                missing.get(),
                "is missing, and " + term.key() + " of " + design.name() + " needs it",
                "add it, or take a design without " + term.term().name());
          }
        }
      }
    }
  }

  private Optional<String> missing(Evidence evidence) {
    Recorded recorded = attempt.recorded();
    return switch (evidence) {
      case COMPLETION -> Optional.empty();
      case SCENE ->
          attempt.item().shown() == null
              ? Optional.of("scene")
              : asked ? Optional.empty() : Optional.of("question");
      case SELF_ANSWER, RAW_SELF_ANSWER -> missing("selfAnswer", recorded.selfAnswer());
      case CAPTION_ANSWER -> missing("captionAnswer", recorded.captionAnswer());
      case JUDGE -> missing("judgeRecall", recorded.judgeRecall());
      case TOKENS -> missing("tokens", recorded.tokens());
    };
  }

  private static Optional<String> missing(String field, @Nullable Object value) {
    return value == null ? Optional.of(field) : Optional.empty();
  }

  private static Recorded recorded(JsonNode node) throws BadInputException {
    @Nullable Double recall = null;
    if (node.hasNonNull("judgeRecall")) {
      recall = node.path("judgeRecall").asDouble(-1);
      if (!(recall >= 0 && recall <= 1)) {
        throw unfit(node, "judgeRecall", "give a share from 0 to 1");
      }
    }
    return new Recorded(
        node.hasNonNull("selfAnswer") ? text(node, "selfAnswer") : null,
        node.hasNonNull("captionAnswer") ? text(node, "captionAnswer") : null,
        recall,
        node.hasNonNull("tokens") ? (int) whole(node, "tokens", Integer.MAX_VALUE) : null);
  }

  private static AnswerType type(JsonNode node) throws BadInputException {
    return switch (text(node, "answerType").toLowerCase(Locale.ROOT)) {
      case "text", "word" -> AnswerType.WORD;
      case "integer" -> AnswerType.INTEGER;
      case "time" -> AnswerType.TIME;
      default -> throw unfit(node, "answerType", TYPES);
    };
  }

  private static boolean readable(AnswerType type, String answer) {
    return switch (type) {
      case WORD -> true;
      case INTEGER -> Answers.integer(answer).isPresent();
      case TIME -> Answers.time(answer).isPresent();
    };
  }

  private static Mode mode(JsonNode node) throws BadInputException {
    if (!node.hasNonNull("mode")) {
      return Mode.IMAGE;
    }
    try {
      return Mode.ofWireName(text(node, "mode"));
    } catch (IllegalArgumentException unknown) {
      throw new BadInputException("mode", String.valueOf(unknown.getMessage()), "or leave it out");
    }
  }

  private static Optional<AnswerReader> reader(JsonNode node) throws BadInputException {
    if (!node.hasNonNull("reader")) {
      return Optional.empty();
    }
    return Optional.of(
        switch (text(node, "reader")) {
          case "strict" -> AnswerReader.STRICT;
          case "lenient" -> AnswerReader.LENIENT;
          default -> throw unfit(node, "reader", "give strict or lenient");
        });
  }

  private static boolean flag(JsonNode node, String field) throws BadInputException {
    JsonNode value = node.path(field);
    if (value.isBoolean() || value.isNull() || value.isMissingNode()) {
      return value.asBoolean();
    }
    throw unfit(node, field, "give true or false");
  }

  private static long whole(JsonNode node, String field, long most) throws BadInputException {
    JsonNode value = node.path(field);
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      long number = value.asLong();
      if (number >= 0 && number <= most) {
        return number;
      }
    }
    throw unfit(node, field, "give a whole number from 0");
  }

  /** A text, which may be empty. */
  private static String text(JsonNode node, String field) throws BadInputException {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw unfit(node, field, field.equals("answerType") ? TYPES : "give a text");
    }
    return value.asText();
  }

  /** A text that is not blank, or a whole number. */
  private static String name(JsonNode node, String field) throws BadInputException {
    JsonNode value = node.path(field);
    if ((value.isTextual() && !value.asText().isBlank()) || value.isIntegralNumber()) {
      return value.asText();
    }
    throw unfit(node, field, "give a text or a whole number");
  }

  static BadInputException unfit(JsonNode node, String field, String fix) {
    JsonNode value = node.path(field);
    String found = value.toString();
    return new BadInputException(
        field,
        value.isMissingNode()
            ? "is missing"
            : (found.length() > 80 ? found.substring(0, 80) + "..." : found) + " is no use here",
        fix);
  }
}
