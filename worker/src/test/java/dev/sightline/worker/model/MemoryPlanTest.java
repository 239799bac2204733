package dev.sightline.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryPlanTest {
  private static final long GIB = 1L << 30;

  @TempDir private Path home;

  /** {@code golden/memory.json} is what torch held; see {@code tools/count_memory.py}. */
  @Test
  void thePlanIsWhatTorchCounts() throws Exception {
    JsonNode golden =
        JsonMapper.builder()
            .build()
            .readTree(Path.of("../deploy/triton/golden/memory.json").toFile());
    int number = 0;
    for (JsonNode seen : golden.path("cases")) {
      Path path = home.resolve("case-" + number++);
      ModelFolder folder =
          ModelFolder.read(WrittenFolder.write(path, seen.path("config"), "F32", 4, 1));
      assertThat(folder.textParameters()).isEqualTo(seen.path("textParameters").asLong());
      assertThat(folder.visionParameters()).isEqualTo(seen.path("visionParameters").asLong());

      int images = seen.path("patches").asInt() / 4;
      int samples = seen.path("samples").asInt();
      Workload work =
          new Workload(
              seen.path("groups").asInt(),
              samples,
              seen.path("groups").asInt() * samples,
              seen.path("promptTokens").asInt() - images,
              images,
              seen.path("completionTokens").asInt());
      MemoryPlan plan = MemoryPlan.of(folder, setting(4, 0, false, 1), work);
      assertThat(plan.training())
          .containsEntry("weights", seen.path("weightBytes").asLong())
          .containsEntry("gradients", seen.path("gradientBytes").asLong())
          .containsEntry("moments", seen.path("momentBytes").asLong());
      assertThat(part(MemoryPlan.of(folder, eightBit(4, 0), work), "moments"))
          .isEqualTo(seen.path("eightBitMomentBytes").asLong());
      int rank = golden.path("adapterRank").asInt();
      assertThat(part(MemoryPlan.of(folder, eightBit(4, rank), work), "moments"))
          .isEqualTo(seen.path("adapterEightBitMomentBytes").asLong());
      assertThat(part(plan, "activations"))
          .isCloseTo(seen.path("activationBytes").asLong(), Percentage.withPercentage(2));
    }
    assertThat(number).isEqualTo(4);
  }

  @Test
  void sevenBillionParametersFitWholeOnNoGpuOf80GibibytesButAsAnAdapterOnOne() throws Exception {
    ModelFolder folder = seven();
    Workload work = Workload.of(null, 512);

    MemoryPlan whole = MemoryPlan.fitting(folder, setting(2, 0, false, 1), work, 80 * GIB);

    // bfloat16 weights, float32 gradients, two moments and the copy: 18 bytes a parameter.
    assertThat(whole.needed()).isGreaterThan(18 * folder.parameters());
    assertThat(whole.workload().microBatch()).isEqualTo(1);
    List<MemoryPlan> savings = MemoryPlan.savings(folder, whole.setting(), work, 80 * GIB);
    MemoryPlan adapter = savings.getLast();
    assertThat(adapter.setting().loraRank()).isPositive();
    assertThat(adapter.needed()).isLessThan(80 * GIB);
    assertThat(savings)
        .anyMatch(saving -> saving.setting().ranks() == 4 && saving.needed() < 80 * GIB);
  }

  @Test
  void whatSharesOrSparesMemoryMakesItsPartSmaller() throws Exception {
    ModelFolder folder = seven();
    Workload work = Workload.of(null, 512);
    MemoryPlan plain = MemoryPlan.of(folder, setting(2, 0, false, 1), work);

    MemoryPlan shared = MemoryPlan.of(folder, setting(2, 0, false, 4), work);
    assertThat(part(shared, "moments")).isCloseTo(part(plain, "moments") / 4, within(1L));
    assertThat(shared.rollout()).containsEntry("whole weights", 2 * folder.parameters());
    MemoryPlan spared = MemoryPlan.of(folder, new Setting(2, 0, false, true, 1, false), work);
    assertThat(part(spared, "activations")).isLessThan(part(plain, "activations") / 5);
    MemoryPlan still = MemoryPlan.of(folder, setting(2, 0, true, 1), work);
    assertThat(still.training()).containsEntry("moments", 8 * folder.textParameters());
    // PEFT's count for rank 16 on all linear layers of the 7B text tower.
    assertThat(new Sizes(folder.config(), 2).adapter(16)).isEqualTo(40_370_176);
  }

  @Test
  void momentsOf8BitsTakeAQuarterBesideTheEmbeddings() throws Exception {
    ModelFolder folder = seven();
    Workload work = Workload.of(null, 512);

    long embeddings = 152064L * 3584;
    long shorter = folder.parameters() - embeddings;
    assertThat(part(MemoryPlan.of(folder, eightBit(2, 0), work), "moments"))
        .isCloseTo(
            8 * embeddings + 2 * shorter + 8 * shorter / 256, Percentage.withPercentage(0.1));
    assertThat(MemoryPlan.savings(folder, setting(4, 0, false, 1), work, 80 * GIB))
        .extracting(plan -> plan.setting().options())
        .contains("--dtype bfloat16 --gradient-checkpointing --optimizer adamw_8bit");
    assertThat(MemoryPlan.savings(folder, setting(4, 0, false, 2), work, 80 * GIB))
        .noneMatch(plan -> plan.setting().eightBit());
  }

  @Test
  void underAnAdapterEachRankHoldsAllWeightsAndPassesItsPart() throws Exception {
    ModelFolder folder = seven();
    Workload work = Workload.of(null, 512);
    MemoryPlan one = MemoryPlan.of(folder, setting(2, 16, true, 1), work);
    MemoryPlan four = MemoryPlan.of(folder, setting(2, 16, true, 4), work);

    for (String alike : List.of("weights", "moments", "gradients")) {
      assertThat(part(four, alike)).isEqualTo(part(one, alike));
    }
    assertThat(part(four, "activations")).isLessThan(part(one, "activations"));
    assertThat(four.training()).doesNotContainKey("gathered layers");
    assertThat(four.rollout()).doesNotContainKey("whole weights");
  }

  private ModelFolder seven() throws Exception {
    JsonNode config = WrittenFolder.published(3584, 18944, 28, 28, 4, 152064, false, 3420);
    return ModelFolder.read(WrittenFolder.write(home.resolve("seven"), config, "BF16", 2, 5));
  }

  private static long part(MemoryPlan plan, String name) {
    return Objects.requireNonNull(plan.training().get(name));
  }

  private static Setting setting(int bytes, int lora, boolean frozen, int ranks) {
    return new Setting(bytes, lora, frozen, false, ranks, false);
  }

  private static Setting eightBit(int bytes, int lora) {
    return new Setting(bytes, lora, lora > 0, false, 1, true);
  }
}
