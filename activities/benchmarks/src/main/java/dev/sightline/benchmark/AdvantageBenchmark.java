package dev.sightline.benchmark;

import dev.sightline.foundation.Digest;
import dev.sightline.reward.AdvantageKind;
import dev.sightline.reward.Advantages;
import dev.sightline.reward.Attribution;
import dev.sightline.reward.StepRewards;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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

/** A step of 4,096 prompts with 16 completions each and a reward of two terms. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class AdvantageBenchmark {
  private static final int PROMPTS = 4096;
  private static final int COMPLETIONS = 16;

  @Param({"GRPO", "BATCH_NORMALISED", "GDPO"})
  public AdvantageKind kind = AdvantageKind.GRPO;

  private List<StepRewards.Row> rows = drawRows();
  private StepRewards rewards = StepRewards.of(COMPLETIONS, rows);

  @Setup
  public void drawRewards() {
    rows = drawRows();
    rewards = StepRewards.of(COMPLETIONS, rows);
  }

  private static List<StepRewards.Row> drawRows() {
    SplittableRandom random = new SplittableRandom(1);
    List<StepRewards.Row> drawn = new ArrayList<>();
    for (int prompt = 0; prompt < PROMPTS; prompt++) {
      Digest digest = Digest.ofText("prompt " + prompt);
      for (int i = 0; i < COMPLETIONS; i++) {
        double answer = random.nextInt(2);
        double facts = random.nextInt(10) / 9.0;
        drawn.add(
            new StepRewards.Row(
                digest,
                0.5 * answer + 0.5 * facts,
                List.of(
                    new StepRewards.Part("accuracy", 0.5, answer),
                    new StepRewards.Part("perception_facts", 0.5, facts))));
      }
    }
    return drawn;
  }

  /** Rows to groups, with the proof that each holds one prompt. */
  @Benchmark
  public StepRewards groups() {
    return StepRewards.of(COMPLETIONS, rows);
  }

  @Benchmark
  public double[][] advantages() {
    return Advantages.of(new Advantages.Rule(kind, 1e-4, 1), rewards);
  }

  @Benchmark
  public Attribution advantagesWithAttribution() {
    return Attribution.of(rewards, advantages());
  }
}
