package dev.sightline.benchmark;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.dataset.DatasetAssembler;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.reward.Attempt;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.reward.RewardDesign;
import dev.sightline.reward.RewardDesigns;
import dev.sightline.reward.RewardItem;
import dev.sightline.reward.ScoredCompletion;
import dev.sightline.reward.Sentences;
import dev.sightline.reward.Tag;
import dev.sightline.reward.TaggedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Completions a second on one core. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class RewardBenchmark {
  private static final int COMPLETIONS = 64;

  /** Completions of 2,000 characters in the four elements of mixture, 24 sentences in all. */
  @State(Scope.Thread)
  public static class Prose {
    private final List<Attempt> attempts = new ArrayList<>();
    private RewardDesign mixture = design("mixture");
    private int index;

    @Setup
    public void write() {
      mixture = design("mixture");
      attempts.clear();
      List<DatasetItem> items = items("rotting_kiwi");
      ConfiguredFamily family = plan("rotting_kiwi").portions().getFirst().configured();
      for (int i = 0; i < COMPLETIONS; i++) {
        StringBuilder text = new StringBuilder();
        for (Tag tag : mixture.template().tags()) {
          text.append(tag.opening());
          if (tag == Tag.ANSWER) {
            text.append(i % 5);
          }
          for (int s = 0; tag != Tag.ANSWER && s < 8; s++) {
            text.append("In step ")
                .append(s)
                .append(" I look at row ")
                .append((i + s) % 7)
                .append(" and I see that the fruit there has not changed since before. ");
          }
          text.append(tag.closing());
        }
        DatasetItem item = items.get(i % items.size());
        attempts.add(
            Attempt.of(RewardItem.of(item, family, mixture.template().asks()), text.toString()));
      }
    }

    private Attempt next() {
      return attempts.get(index++ % COMPLETIONS);
    }
  }

  /** Right descriptions and answers of one family. */
  @State(Scope.Thread)
  public static class Described {
    /** The family's name. */
    @Param({"rotting_kiwi", "clock", "maze", "n_queens"})
    public String family = "";

    /** The design's name. */
    @Param({"perception_facts", "perception_solved"})
    public String design = "";

    private final List<Attempt> attempts = new ArrayList<>();
    private RewardDesign rewards = design("perception_facts");
    private int index;

    @Setup
    public void write() {
      rewards = design(design);
      attempts.clear();
      ConfiguredFamily configured = plan(family).portions().getFirst().configured();
      for (DatasetItem item : items(family)) {
        attempts.add(
            Attempt.of(
                RewardItem.of(item, configured, rewards.template().asks()),
                PromptTemplates.target(rewards.template(), item)));
      }
    }
  }

  private static RewardDesign design(String name) {
    return RewardDesign.of(RewardDesigns.byName(name).orElseThrow());
  }

  private static DatasetPlan plan(String family) {
    return new DatasetPlan(
        family,
        Map.of(),
        new DatasetPlan.ImageSize(448, 448),
        new DatasetPlan.Counts(COMPLETIONS, 4, 4),
        1);
  }

  private static List<DatasetItem> items(String family) {
    return DatasetAssembler.make(plan(family)).train();
  }

  /** Tags found, and the sentences of three elements counted: what the paper's terms cost. */
  @Benchmark
  public double tagAndSentenceTerms(Prose prose) {
    TaggedText tagged = TaggedText.read(prose.next().text());
    double sum = 0;
    for (Tag tag : new Tag[] {Tag.IMAGE_DESCRIPTION, Tag.THINK, Tag.RETHINK}) {
      TaggedText.Element element = tagged.first(tag).orElseThrow();
      sum += Sentences.of(element.content().of(tagged.text())).score();
    }
    return sum;
  }

  /** The whole result: terms, parse, judgement. */
  @Benchmark
  public ScoredCompletion mixture(Prose prose) {
    return prose.mixture.score(prose.next());
  }

  @Benchmark
  public ScoredCompletion perception(Described described) {
    return described.rewards.score(
        described.attempts.get(described.index++ % described.attempts.size()));
  }
}
