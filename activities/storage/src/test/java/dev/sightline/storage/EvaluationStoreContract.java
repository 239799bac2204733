package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.EvaluationStore.ItemKey;
import dev.sightline.storage.EvaluationStore.ItemRow;
import dev.sightline.storage.EvaluationStore.NewEvaluation;
import dev.sightline.storage.EvaluationStore.PutOutcome;
import dev.sightline.storage.EvaluationStore.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

abstract class EvaluationStoreContract extends StoreContract {
  @Test
  void onlyWhatIsMissingIsAsked() {
    Digest evaluation = evaluation();
    ItemKey one = new ItemKey("image", "1");
    ItemKey two = new ItemKey("image", "2");
    ItemKey twoAsText = new ItemKey("text", "2");

    stores.evaluations().put(evaluation, List.of(row("image", 1, "2", "3")));

    assertThat(stores.evaluations().missing(evaluation, List.of(twoAsText, two, one)))
        .containsExactly(twoAsText, one);
  }

  @Test
  void theFirstAnswerOfAnItemStays() {
    Digest evaluation = evaluation();
    ItemRow first = row("image", 0, "1", "3");
    stores.evaluations().put(evaluation, List.of(first));

    PutOutcome outcome =
        stores
            .evaluations()
            .put(evaluation, List.of(first, row("image", 1, "2", "5"), row("text", 0, "1", "4")));
    PutOutcome different = stores.evaluations().put(evaluation, List.of(row("image", 0, "1", "4")));

    assertThat(outcome).isEqualTo(new PutOutcome(2, 1, List.of()));
    assertThat(different).isEqualTo(new PutOutcome(0, 0, List.of(new ItemKey("image", "1"))));
    assertThat(stores.evaluations().rows(evaluation).getFirst()).isEqualTo(first);
  }

  @Test
  void rowsComeInItemOrderWhateverOrderTheyCameIn() throws Exception {
    Digest evaluation = evaluation();
    List<ItemRow> rows = new ArrayList<>();
    for (int item = 0; item < 60; item++) {
      rows.add(row("image", item, String.valueOf(item), "a"));
      rows.add(row("text", item, String.valueOf(item), "b"));
    }

    List<PutOutcome> outcomes =
        together(
            4,
            () -> {
              List<ItemRow> shuffled = new ArrayList<>(rows);
              Collections.shuffle(shuffled, new Random(Thread.currentThread().threadId()));
              return stores.evaluations().put(evaluation, shuffled);
            });

    assertThat(outcomes.stream().mapToInt(PutOutcome::inserted).sum()).isEqualTo(120);
    assertThat(outcomes.stream().mapToInt(PutOutcome::repeated).sum()).isEqualTo(360);
    List<ItemRow> stored = stores.evaluations().rows(evaluation);
    assertThat(stored).extracting(ItemRow::ordinal).startsWith(0, 1, 2).endsWith(58, 59);
    assertThat(stored).hasSize(120);
    assertThat(stored.subList(0, 60)).allMatch(row -> row.key().variant().equals("image"));
    assertThat(stores.evaluations().rows(evaluation, "text")).isEqualTo(stored.subList(60, 120));
  }

  @Test
  void aPlaceIsTakenOnce() {
    Digest evaluation = evaluation();
    stores.evaluations().put(evaluation, List.of(row("image", 0, "1", "3")));

    assertThatThrownBy(
            () ->
                stores
                    .evaluations()
                    .put(evaluation, List.of(row("image", 1, "3", "3"), row("image", 0, "2", "3"))))
        .isInstanceOfSatisfying(
            SightlineException.class,
            e -> assertThat(e.type()).isEqualTo(FailureType.STORE_CONFLICT))
        .hasMessageContaining("place 0 of image is taken by another item than 2");
    assertThat(stores.evaluations().rows(evaluation)).hasSize(1);
  }

  @Test
  void aCompletionMayHoldAnyCharacter() {
    Digest evaluation = evaluation();
    String odd = "nul \0, escape \uE000 \uE001\uE002, face \uD83D\uDE00, \\u0000 \n";
    ItemRow row =
        new ItemRow(
            new ItemKey("image", "1"),
            0,
            odd,
            List.of(0, 255),
            Json.tree(Map.of("said", odd, "k\0", List.of(odd))));

    stores.evaluations().put(evaluation, List.of(row));

    assertThat(stores.evaluations().rows(evaluation)).containsExactly(row);
  }

  @Test
  void thePublishedSummaryStaysAndClosesTheEvaluation() {
    Digest evaluation = evaluation();
    ItemRow row = row("image", 0, "1", "3");
    stores.evaluations().put(evaluation, List.of(row));

    stores.evaluations().publish(evaluation, json("{'accuracy':0.70,'n':1}"));
    stores.evaluations().publish(evaluation, json("{'n':1,'accuracy':0.7}"));

    assertThat(stores.evaluations().find(evaluation).orElseThrow().state())
        .isEqualTo(State.PUBLISHED);
    assertFails(
        FailureType.STORE_CONFLICT,
        "another summary",
        () -> stores.evaluations().publish(evaluation, json("{'accuracy':0.8}")));
    assertThat(stores.evaluations().put(evaluation, List.of(row)).repeated()).isEqualTo(1);
    assertFails(
        FailureType.STORE_CONFLICT,
        "takes no new rows",
        () -> stores.evaluations().put(evaluation, List.of(row("image", 1, "2", "3"))));
    assertThat(stores.evaluations().rows(evaluation)).hasSize(1);
  }

  @Test
  void anEvaluationKeepsItsCheckpoint() {
    Digest evaluation = evaluation();

    assertThat(stores.evaluations().open(of(evaluation, digest("checkpoint"))).state())
        .isEqualTo(State.OPEN);
    assertFails(
        FailureType.STORE_CONFLICT,
        "is stored for run",
        () -> stores.evaluations().open(of(evaluation, digest("other"))));
    assertFails(
        FailureType.UNKNOWN_TARGET,
        "evaluation",
        () -> stores.evaluations().put(digest("nobody"), List.of(row("image", 0, "1", "x"))));
  }

  private Digest evaluation() {
    Digest evaluation = digest(name("evaluation"));
    stores.evaluations().open(of(evaluation, digest("checkpoint")));
    return evaluation;
  }

  private static NewEvaluation of(Digest evaluation, Digest checkpoint) {
    return new NewEvaluation(evaluation, "run/a", checkpoint, json("{'modes':['image','text']}"));
  }

  private static ItemRow row(String variant, int ordinal, String item, String completion) {
    return new ItemRow(
        new ItemKey(variant, item),
        ordinal,
        completion,
        List.of(1, 2),
        json("{'right':true,'score':0.25}"));
  }
}
