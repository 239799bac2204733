package dev.sightline.reward;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt says, read once for all terms; parts are read when they are first asked for. Not
 * for use by several threads.
 */
public final class AttemptReading {
  private final Attempt attempt;
  private final PromptTemplate template;
  private final TaggedText tagged;
  private @Nullable CompletionReading reading;
  private @Nullable DescriptionReading described;
  private @Nullable Double facts;

  AttemptReading(PromptTemplate template, Attempt attempt) {
    this.template = template;
    this.attempt = attempt;
    this.tagged = TaggedText.read(attempt.text());
  }

  public Attempt attempt() {
    return attempt;
  }

  public PromptTemplate template() {
    return template;
  }

  public TaggedText tagged() {
    return tagged;
  }

  public CompletionReading reading() {
    if (reading == null) {
      reading = CompletionReader.read(tagged, attempt.item().answerType());
    }
    return reading;
  }

  /** The answer by the attempt's reader. */
  public Optional<String> answer() {
    return switch (attempt.reader()) {
      case STRICT -> reading().answer();
      case LENIENT -> reading().lenientAnswer();
    };
  }

  /** Whether the answer by the attempt's reader is right. */
  public boolean accurate(boolean strictClock) {
    return answer().filter(said -> right(said, strictClock)).isPresent();
  }

  /** Whether this would be the right answer. */
  public boolean right(String said, boolean strictClock) {
    return Answers.equal(attempt.item().answerType(), said, attempt.item().answer(), strictClock);
  }

  /** Whether the text is exactly what the template asks for. */
  public boolean wellFormed() {
    return tagged.isExactly(template.tags());
  }

  /** Why D and facts do not exist; empty where they do. */
  public Optional<String> noDescription() {
    if (!template.describes()) {
      return Optional.of("the template asks for no description in the family's grammar");
    }
    if (attempt.mode().givesDescription()) {
      return Optional.of("the description was given");
    }
    return attempt.item().shown() == null
        ? Optional.of("the true scene is not known")
        : Optional.empty();
  }

  /** Why P, and terms on the described scene, do not exist; empty where they do. */
  public Optional<String> noPerception() {
    Optional<String> why = noDescription();
    if (why.isPresent() || attempt.mode().perceives()) {
      return why;
    }
    return Optional.of(
        attempt.mode().showsTwin()
            ? "with a text twin it would be copy fidelity"
            : "no picture was shown");
  }

  /** Why S is not applicable (science.md 3) to the answer by the attempt's reader; else empty. */
  Optional<String> noConsistency() {
    Optional<String> why = noDescription();
    if (why.isPresent()) {
      return why;
    }
    if (describedScene().isEmpty()) {
      return Optional.of("the description is " + described().status());
    }
    if (answer().isEmpty()) {
      return Optional.of("the answer is missing");
    }
    return solved(shown().asked()).isEmpty()
        ? Optional.of("the described scene has no unique answer")
        : Optional.empty();
  }

  /** Why Q does not exist; empty where it does. */
  public Optional<String> noPerceptionQuestion() {
    if (template.asks() != PromptTemplate.Question.PERCEPTION) {
      return Optional.of("the puzzle was asked, not a perception question");
    }
    return attempt.mode() == Mode.IMAGE
        ? Optional.empty()
        : Optional.of("the picture was not shown alone");
  }

  /** The description as the family reads it; only where the scene is known. */
  public DescriptionReading described() {
    if (described == null) {
      described =
          reading()
              .description()
              .map(shown().family()::readDescription)
              .orElseGet(DescriptionReading.Missing::new);
    }
    return described;
  }

  /** The whole scene that was described, legal or not. */
  public Optional<Scene> describedScene() {
    return described() instanceof DescriptionReading.Complete(Scene scene)
        ? Optional.of(scene)
        : Optional.empty();
  }

  /** P: whether the described scene is the true one. */
  public boolean sceneRight() {
    ConfiguredFamily family = shown().family();
    return describedScene().filter(scene -> family.sameScene(shown().scene(), scene)).isPresent();
  }

  /** The fact score in [0, 1]. */
  public double facts() {
    if (facts == null) {
      facts = shown().family().facts(shown().scene(), described()).value();
    }
    return facts;
  }

  /** S: whether the answer is the described scene's; false where S is not applicable. */
  public boolean consistent() {
    Optional<String> said = answer();
    return said.isPresent()
        && solved(shown().asked())
            .filter(solved -> Answers.equal(attempt.item().answerType(), said.get(), solved))
            .isPresent();
  }

  /** The solver's answer to a question about the described scene. */
  public Optional<String> solved(Question question) {
    return describedScene().flatMap(scene -> shown().family().answer(new Puzzle(scene, question)));
  }

  /** The scene behind the picture. */
  public RewardItem.Shown shown() {
    RewardItem.Shown shown = attempt.item().shown();
    if (shown == null) {
      throw new IllegalStateException("the true scene is not known");
    }
    return shown;
  }
}
