package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.reward.StepRewards.Part;
import dev.sightline.reward.StepRewards.Row;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepRewardsTest {
  private static Row row(String prompt, @Nullable Double value) {
    return new Row(Digest.ofText(prompt), 1, List.of(new Part("term", 1, value)));
  }

  /** Two groups of three. */
  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(row(i < 3 ? "one" : "two", (double) i));
    }
    return rows;
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(
      FailureType type, List<Row> rows) {
    AbstractThrowableAssert<?, ? extends Throwable> refusal =
        assertThatThrownBy(() -> StepRewards.of(3, rows));
    refusal
        .asInstanceOf(InstanceOfAssertFactories.type(SightlineException.class))
        .extracting(SightlineException::type)
        .isEqualTo(type);
    return refusal;
  }

  @Test
  void aGroupHoldsOnePrompt() {
    assertThat(StepRewards.of(3, rows()).groups()).isEqualTo(2);

    List<Row> exchanged = rows();
    exchanged.set(1, row("two", 0.0));
    exchanged.set(4, row("one", 0.0));
    refused(FailureType.GROUP_MIXED, exchanged)
        .hasMessageContaining("completion 1 answers prompt " + Digest.ofText("two").shortForm())
        .hasMessageContaining("group of prompt " + Digest.ofText("one").shortForm());
  }

  @Test
  void aPromptHasOneGroup() {
    List<Row> rows = new ArrayList<>(rows().subList(0, 3));
    rows.addAll(rows().subList(0, 3));
    refused(FailureType.GROUP_MIXED, rows).hasMessageContaining("second group");
  }

  @Test
  void groupsAreWhole() {
    refused(FailureType.GROUP_MIXED, rows().subList(0, 5))
        .hasMessageContaining("5 completions are not whole groups of 3");
    refused(FailureType.GROUP_MIXED, List.of());
    assertThatThrownBy(() -> StepRewards.of(1, rows())).hasMessageContaining("at least 2");
  }

  @Test
  void aTermAppliesToAGroupOrNot() {
    List<Row> rows = rows();
    rows.set(2, row("one", null));
    refused(FailureType.GROUP_MIXED, rows).hasMessageContaining("term term applies to some");

    rows.set(0, row("one", null));
    rows.set(1, row("one", null));
    assertThat(StepRewards.of(3, rows).means()).containsEntry("term", 4.0);
  }

  @Test
  void rewardsAreNumbers() {
    List<Row> rows = rows();
    rows.set(2, row("one", Double.NaN));
    refused(FailureType.NOT_FINITE, rows).hasMessageContaining("term term of completion 2 is NaN");
  }

  @Test
  void allComeFromOneDesign() {
    List<Row> rows = rows();
    rows.set(2, new Row(Digest.ofText("one"), 1, List.of(new Part("term", 2, 1.0))));
    assertThatThrownBy(() -> StepRewards.of(3, rows)).hasMessageContaining("another design");
  }

  @Test
  void countsGroupsByTerm() {
    StepRewards rewards =
        TestRewards.of(
            new TestRewards.Term("accuracy", 1, new double[][] {{0, 0}, {1, 1}, {1, 0}, {0, 1}}),
            new TestRewards.Term(
                "facts", 0, new double[][] {{0.5, 0.5}, {0, 0}, {0.1, 0.2}, {1, 1}}));
    assertThat(GroupCounts.byTerm(rewards))
        .containsEntry("accuracy", new GroupCounts(1, 1, 0, 2))
        .containsEntry("facts", new GroupCounts(1, 1, 1, 1));
    assertThat(rewards.degenerate()).isEqualTo(2);
    assertThat(GroupCounts.of(new boolean[][] {{true, true}, {false, false}, {true, false}}))
        .isEqualTo(new GroupCounts(1, 1, 0, 1));
  }
}
