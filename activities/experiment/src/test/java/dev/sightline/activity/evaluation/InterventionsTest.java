package dev.sightline.activity.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.activity.dataset.Samples;
import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.reward.Mode;
import dev.sightline.spec.EvaluationMode;
import dev.sightline.spec.EvaluationSpec;
import dev.sightline.spec.WireName;
import dev.sightline.storage.EvaluationStore.ItemRow;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.RolloutResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class InterventionsTest {
  private final List<DatasetItem> items = Samples.DATASET.items(Split.TEST);
  private final Interventions interventions = new Interventions(Samples.DATASET, items);
  private final ConfiguredFamily family = Samples.DATASET.family(items.getFirst());

  @Test
  void theSpecNamesTheModesThatPromptsKnow() {
    assertThat(Arrays.stream(EvaluationMode.values()).map(WireName::wire))
        .containsExactlyElementsOf(Arrays.stream(Mode.values()).map(Mode::wireName).toList());
  }

  @Test
  void everyPictureIsSwappedForThatOfAnotherSceneAndSoAgain() {
    Interventions again = new Interventions(Samples.DATASET, items.reversed());
    Set<String> shown = new HashSet<>();
    for (DatasetItem item : items) {
      DatasetItem other = interventions.swapped(item).orElseThrow();
      assertThat(other.sceneKey()).isNotEqualTo(item.sceneKey());
      assertThat(again.swapped(item)).contains(other);
      shown.add(other.id());
    }
    assertThat(shown).as("each picture serves once").hasSize(items.size());
  }

  @Test
  void anEditIsLegalAndHasAnotherAnswer() {
    int near = 0;
    for (DatasetItem item : items) {
      Scene scene = interventions.edited(item).orElseThrow();
      Puzzle puzzle = new Puzzle(scene, item.asked());
      assertThat(family.legal(puzzle)).isTrue();
      assertThat(family.answer(puzzle)).isPresent().get().isNotEqualTo(item.answer());
      assertThat(family.referenceAnswer(puzzle)).isEqualTo(family.answer(puzzle));
      assertThat(interventions.edited(item)).contains(scene);
      near += family.facts(truth(item), read(family.description(scene))).value() > 0.5 ? 1 : 0;
    }
    assertThat(near).as("edits share facts with the true scene").isGreaterThan(items.size() / 2);
  }

  @Test
  void eachModeShowsWhatItsNameSays() {
    DatasetItem item = items.getFirst();
    byte[] picture = Samples.DATASET.image(item);

    assertThat(image(prompt("image+text"))).isEqualTo(picture);
    assertThat(prompt("image+text").text()).contains(item.textTwin()).contains("<image>");
    assertThat(image(prompt("true-description"))).isEqualTo(picture);
    assertThat(prompt("true-description").text()).isEqualTo(prompt("image").text());
    assertThat(prompt("true-description").assistantPrefix())
        .isEqualTo("<description>" + item.description() + "</description>");
    assertThat(image(prompt("blank"))).isNotEqualTo(picture).hasSizeLessThan(200);
    assertThat(prompt("blank").text()).isEqualTo(prompt("image").text());
    assertThat(image(prompt("swapped")))
        .isEqualTo(Samples.DATASET.image(interventions.swapped(item).orElseThrow()));
    assertThat(image(prompt("edited-description"))).isEqualTo(picture);
    assertThat(prompt("edited-description").assistantPrefix())
        .contains(family.description(interventions.edited(item).orElseThrow()));
    for (String mode : List.of("image", "text", "image+text", "blank", "swapped")) {
      assertThat(prompt(mode).assistantPrefix()).isEmpty();
    }
  }

  @Test
  void theOwnDescriptionIsTheOneThatTheModelGaveOfThePicture() {
    EvaluationPlan plan = plan("own-description");
    int batch = batchOf(plan, "own-description");
    assertThat(plan.shows(batch)).contains("image");
    assertThat(plan.shows(0)).isEmpty();
    Map<String, String> said = new HashMap<>();
    items.forEach(item -> said.put(item.id(), "no tags at all"));
    said.put(items.get(0).id(), "<description>a <image> b</description><answer>1</answer>");

    List<Prompt> prompts = plan.payload(batch, said).prompts();

    assertThat(prompts).allMatch(prompt -> prompt.image() == null);
    assertThat(prompts.get(0).text()).startsWith("a   b\n" + items.get(0).question());
    assertThat(prompts.get(1).text()).startsWith("\n" + items.get(1).question());
    assertThatThrownBy(() -> plan.payload(batch, Map.of()))
        .hasMessageContaining(items.getFirst().id());
  }

  @Test
  void anEditedDescriptionIsFollowedOrNot() {
    EvaluationPlan plan = plan("edited-description");
    int batch = batchOf(plan, "edited-description");
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      DatasetItem item = items.get(i);
      String edited =
          family
              .answer(new Puzzle(interventions.edited(item).orElseThrow(), item.asked()))
              .orElseThrow();
      answers.add("<answer>" + (i % 2 == 0 ? edited : item.answer()) + "</answer>");
    }

    List<ItemRow> rows = plan.rows(batch, answers(answers));

    for (int i = 0; i < 8; i++) {
      JsonNode body = rows.get(i).body();
      OtherScene other = OtherScene.of(body);
      assertThat(other).isEqualTo(new OtherScene(null, i % 2 == 0));
      assertThat(body.path("accurate").asBoolean()).isEqualTo(i % 2 == 1);
      assertThat(body.path("perception").isNull()).isTrue();
      assertThat(body.path("selfConsistency").isNull()).isTrue();
      assertThat(body.path("descriptionStatus").isNull()).isTrue();
    }
  }

  @Test
  void aSwappedPictureIsJudgedAgainstBothScenes() {
    EvaluationPlan plan = plan("swapped");
    int batch = batchOf(plan, "swapped");
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      DatasetItem item = items.get(i);
      DatasetItem shown = i % 2 == 0 ? interventions.swapped(item).orElseThrow() : item;
      answers.add(
          "<description>"
              + shown.description()
              + "</description><answer>"
              + shown.answer()
              + "</answer>");
    }

    List<ItemRow> rows = plan.rows(batch, answers(answers));

    for (int i = 0; i < 8; i++) {
      boolean looked = i % 2 == 0;
      OtherScene other = OtherScene.of(rows.get(i).body());
      assertThat(other).isNotNull();
      assertThat(other.perception()).isEqualTo(looked);
      assertThat(rows.get(i).body().path("perception").asBoolean()).isEqualTo(!looked);
      if (looked) {
        assertThat(other.accurate()).isEqualTo(true);
      } else {
        assertThat(rows.get(i).body().path("accurate").asBoolean()).isTrue();
      }
    }
  }

  @Test
  void rowsOfPlainModesHoldNoOtherScene() {
    EvaluationPlan plan = plan("blank");
    for (String mode : List.of("image", "blank")) {
      List<ItemRow> rows =
          plan.rows(batchOf(plan, mode), answers(List.of("x", "", "", "", "", "", "", "")));
      assertThat(rows).allMatch(row -> OtherScene.of(row.body()) == null);
      assertThat(rows).noneMatch(row -> row.body().path("perception").isNull());
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyFamilyHasEditsAndSwaps(String name) {
    LoadedDataset dataset = dataset(name);
    List<DatasetItem> some = dataset.items(Split.TEST);
    Interventions all = new Interventions(dataset, some);
    long edits = some.stream().filter(item -> all.edited(item).isPresent()).count();
    long swaps = some.stream().filter(item -> all.swapped(item).isPresent()).count();
    assertThat(swaps).isEqualTo(4);
    // Hardly another scene of the jugs has the same capacities, which their question names.
    assertThat(edits).isGreaterThanOrEqualTo(name.equals("water_jugs") ? 0 : 3);
  }

  /** science.md 3: P = 1 and an answer present implies S = A; copy fidelity likewise. */
  @ParameterizedTest
  @MethodSource("families")
  void whoSeesTheSceneIsConsistentExactlyWhenRight(String name) {
    LoadedDataset dataset = dataset(name);
    List<DatasetItem> some = dataset.items(Split.TEST);
    for (EvaluationMode mode :
        List.of(EvaluationMode.IMAGE, EvaluationMode.BLANK, EvaluationMode.IMAGE_TEXT)) {
      EvaluationPlan plan = plan(dataset, mode);
      for (String said : List.of("right", "wrong", "nothing")) {
        List<RolloutResult.Completion> completions = new ArrayList<>();
        for (DatasetItem item : some) {
          String answer = said.equals("right") ? item.answer() : "no such answer";
          completions.add(
              completion(
                  item,
                  "<description>"
                      + item.description()
                      + "</description>"
                      + (said.equals("nothing") ? "" : "<answer>" + answer + "</answer>")));
        }
        for (ItemRow row : plan.rows(batchOf(plan, mode.wire()), result(completions))) {
          JsonNode body = row.body();
          String scene = mode == EvaluationMode.IMAGE_TEXT ? "copyFidelity" : "perception";
          assertThat(body.path(scene).asBoolean()).isTrue();
          assertThat(body.path("accurate").asBoolean()).isEqualTo(said.equals("right"));
          assertThat(body.path("selfConsistency"))
              .isEqualTo(said.equals("nothing") ? NullNode.instance : body.path("accurate"));
        }
      }
    }
  }

  /** Four test items of a family as it comes. */
  private static LoadedDataset dataset(String family) {
    return Samples.dataset(
        Samples.spec(
            Samples.YAML
                .replace("rotting_kiwi", family)
                .replaceFirst("config: .*", "")
                .replaceFirst("imageSize: .*", "imageSize: { width: 448, height: 448 }")
                .replaceFirst("counts: .*", "counts: { train: 4, dev: 1, test: 4 }")));
  }

  static Set<String> families() {
    return new TreeSet<>(PuzzleFamilies.names());
  }

  private Scene truth(DatasetItem item) {
    return family.readScene(item.scene());
  }

  private dev.sightline.puzzle.DescriptionReading read(String description) {
    return family.readDescription(description);
  }

  private Prompt prompt(String mode) {
    EvaluationPlan plan = plan(mode);
    return plan.payload(batchOf(plan, mode), Map.of()).prompts().getFirst();
  }

  private static byte[] image(Prompt prompt) {
    return Base64.getDecoder().decode(String.valueOf(prompt.image()));
  }

  /** Image and one more mode. */
  private static EvaluationPlan plan(String mode) {
    EvaluationMode wanted =
        Arrays.stream(EvaluationMode.values())
            .filter(one -> one.wire().equals(mode))
            .findFirst()
            .orElseThrow();
    return plan(Samples.DATASET, wanted);
  }

  private static EvaluationPlan plan(LoadedDataset dataset, EvaluationMode mode) {
    return new EvaluationPlan(
        new EvaluationSpec(
            "checkpoint",
            dataset.manifestDigest(),
            dev.sightline.spec.Split.TEST,
            "probe",
            Optional.empty(),
            List.of(mode, EvaluationMode.IMAGE),
            40,
            8,
            Optional.empty()),
        dataset);
  }

  /** The first batch of a mode. */
  private static int batchOf(EvaluationPlan plan, String mode) {
    int batch = 0;
    while (!plan.keys(batch).getFirst().variant().equals(mode)) {
      batch++;
    }
    return batch;
  }

  private RolloutResult answers(List<String> texts) {
    List<RolloutResult.Completion> completions = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      completions.add(completion(items.get(i), texts.get(i)));
    }
    return result(completions);
  }

  private static RolloutResult.Completion completion(DatasetItem item, String text) {
    return new RolloutResult.Completion(
        item.id(), 0, text, List.of(1), List.of(-0.1), RolloutResult.Finish.STOP);
  }

  private static RolloutResult result(List<RolloutResult.Completion> completions) {
    Digest digest = Digest.of(new byte[0]);
    return new RolloutResult(completions, digest, digest, 0, 0);
  }
}
