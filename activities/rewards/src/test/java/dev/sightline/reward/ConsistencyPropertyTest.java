package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.puzzle.dataset.DatasetItem;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

class ConsistencyPropertyTest {
  private static final List<String> PIECES =
      List.of(
          "<description>",
          "</description>",
          "<answer>",
          "</answer>",
          "<think>",
          "</think>",
          "1",
          "2",
          " 3",
          "3 or 4",
          "\n",
          "TRUTH",
          "TRUTH",
          "GOLD",
          "**",
          "---/---/---");

  @Provide
  Arbitrary<List<String>> pieces() {
    Arbitrary<List<String>> wild = Arbitraries.of(PIECES).list().ofMaxSize(12);
    Arbitrary<List<String>> tame =
        Arbitraries.of(PIECES)
            .list()
            .ofMaxSize(2)
            .map(
                tail ->
                    java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(
                                "<description>", "TRUTH", "</description>", "<answer>"),
                            java.util.stream.Stream.concat(
                                tail.stream(), java.util.stream.Stream.of("</answer>")))
                        .toList());
    return Arbitraries.oneOf(wild, tame);
  }

  /** On every row: P = 1 and an answer present implies S = A; and other laws of science.md 3. */
  @Property(tries = 5000)
  void lawsOfEveryRow(
      @ForAll("pieces") List<String> pieces, @ForAll @IntRange(max = 349) int index) {
    DatasetItem item = Items.ALL.get(index % Items.ALL.size());
    String text =
        String.join("", pieces).replace("TRUTH", item.description()).replace("GOLD", item.answer());
    Judgement row = Items.judge(PromptTemplates.PROBE, item, text, Mode.IMAGE);
    boolean seen = Boolean.TRUE.equals(row.perception());
    Statistics.label("P and answer").collect(seen && row.strictAnswer() != null);
    if (seen && row.strictAnswer() != null) {
      assertThat(row.selfConsistency()).isEqualTo(row.accurate());
    }
    if (row.strictAnswer() == null) {
      assertThat(row.accurate()).isFalse();
      assertThat(row.selfConsistency()).isNull();
    }
    if (row.accurate()) {
      assertThat(row.accurateLenient()).isTrue();
    }
    assertThat(row.facts()).isBetween(0.0, 1.0);
    assertThat(seen).isEqualTo(row.facts() != null && row.facts() == 1.0);
    assertThat(Judgement.fromMap(row.toMap())).isEqualTo(row);
  }
}
