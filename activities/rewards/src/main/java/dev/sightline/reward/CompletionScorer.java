package dev.sightline.reward;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges and rewards completions on items of any families. Pure and thread-safe. */
public final class CompletionScorer {
  private final Function<DatasetItem, ConfiguredFamily> families;

  /**
   * @param families the configured family of an item
   */
  public CompletionScorer(Function<DatasetItem, ConfiguredFamily> families) {
    this.families = families;
  }

  /**
   * @param completion with its opening, where that was given
   * @param truncated whether generation was cut off at its limit
   */
  public Judgement judge(
      PromptTemplate template, DatasetItem item, String completion, Mode mode, boolean truncated) {
    boolean puzzle = template.asks() == PromptTemplate.Question.PUZZLE;
    AnswerType type = puzzle ? item.answerType() : item.perceptionQuestion().answerType();
    String right = puzzle ? item.answer() : item.perceptionQuestion().answer();
    CompletionReading reading = CompletionReader.read(completion, type);
    boolean accurate =
        reading.answer().filter(said -> Answers.equal(type, said, right)).isPresent();
    boolean lenient =
        reading.lenientAnswer().filter(said -> Answers.equal(type, said, right)).isPresent();

    String status = null;
    Boolean sceneRight = null;
    Boolean consistent = null;
    Double facts = null;
    if (template.describes()) {
      ConfiguredFamily family = families.apply(item);
      Scene truth = family.readScene(item.scene());
      DescriptionReading described =
          reading
              .description()
              .map(family::readDescription)
              .orElseGet(DescriptionReading.Missing::new);
      status = described.status();
      sceneRight =
          described instanceof DescriptionReading.Complete(Scene scene)
              && family.sameScene(truth, scene);
      consistent = consistent(family, item, described, reading.answer(), type);
      facts = family.facts(truth, described).value();
    }
    boolean own = !mode.givesDescription();
    return new Judgement(
        mode,
        reading.answer().orElse(null),
        reading.lenientAnswer().orElse(null),
        own ? status : null,
        mode.perceives() ? sceneRight : null,
        mode.showsTwin() ? sceneRight : null,
        mode == Mode.IMAGE && !puzzle ? (Boolean) accurate : null,
        own ? consistent : null,
        accurate,
        lenient,
        own ? facts : null,
        template.describes() ? reading.describedFormat() : reading.answerFormat(),
        reading.answerTags(),
        truncated);
  }

  private static @Nullable Boolean consistent(
      ConfiguredFamily family,
      DatasetItem item,
      DescriptionReading described,
      Optional<String> answer,
      AnswerType type) {
    if (!(described instanceof DescriptionReading.Complete(Scene scene)) || answer.isEmpty()) {
      return null;
    }
    Optional<String> solved = family.answer(new Puzzle(scene, item.asked()));
    return solved.isEmpty() ? null : (Boolean) Answers.equal(type, answer.get(), solved.get());
  }

  /** The design's reward; terms that do not apply in the mode are absent, not 0. */
  public ScoredCompletion score(
      RewardDesign design, DatasetItem item, String completion, Mode mode, boolean truncated) {
    Judgement judgement = judge(design.template(), item, completion, mode, truncated);
    List<ScoredCompletion.TermScore> terms = new ArrayList<>();
    double total = 0;
    for (WeightedTerm weighted : design.terms()) {
      Double raw = raw(design, weighted, item, judgement);
      if (raw != null) {
        double value = weighted.weight() * raw;
        terms.add(new ScoredCompletion.TermScore(weighted.key(), raw, weighted.weight(), value));
        total += value;
      }
    }
    return new ScoredCompletion(total, terms, judgement);
  }

  private static @Nullable Double raw(
      RewardDesign design, WeightedTerm weighted, DatasetItem item, Judgement judgement) {
    return switch (weighted.term()) {
      case ACCURACY -> judgement.accurate() ? 1.0 : 0.0;
      case FORMAT -> judgement.wellFormed() ? 1.0 : 0.0;
      case PERCEPTION_FACTS -> judgement.mode() == Mode.IMAGE ? judgement.facts() : null;
      case ANSWER_IS -> {
        String wanted = weighted.parameter();
        String said = judgement.strictAnswer();
        AnswerType type =
            design.template().asks() == PromptTemplate.Question.PUZZLE
                ? item.answerType()
                : item.perceptionQuestion().answerType();
        yield wanted != null && said != null && Answers.equal(type, said, wanted) ? 1.0 : 0.0;
      }
    };
  }
}
