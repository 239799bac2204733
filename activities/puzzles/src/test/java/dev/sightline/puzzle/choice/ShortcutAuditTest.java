package dev.sightline.puzzle.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No family's multiple choice can be answered without its image: majority, n-grams and options-only
 * stay at chance. {@code -Dsightline.audit=2000} gives the published size and the strict bound;
 * smaller sizes allow for their own sampling error.
 */
class ShortcutAuditTest {
  private static final int ITEMS = Integer.getInteger("sightline.audit", 300);

  static Stream<String> families() {
    String wanted = System.getProperty("sightline.families", "");
    return wanted.isBlank() ? PuzzleFamilies.names().stream() : Stream.of(wanted.split(","));
  }

  @ParameterizedTest
  @MethodSource("families")
  void choicesGiveNothingAway(String name) {
    List<ConfiguredFamily> levels =
        PuzzleFamilies.byName(name).orElseThrow().configurableLevels().stream()
            .map(level -> PuzzleFamilies.configure(name, Map.of("level", level)))
            .toList();
    List<ChoiceItem> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      ConfiguredFamily family = levels.get(i % levels.size());
      Puzzle puzzle = family.draw(SeedTree.root(3).child(name).child(i));
      items.add(
          new ChoiceItem(
              Integer.toString(i),
              puzzle.question().kind(),
              family.questionText(puzzle),
              family.answer(puzzle).orElseThrow(),
              family.wrongAnswers(puzzle)));
    }
    Map<String, Choices> choices = ChoiceMaker.make(items);
    List<ShortcutLearner.Seen> closed = new ArrayList<>();
    long named = 0;
    for (ChoiceItem item : items) {
      Choices made = choices.get(item.key());
      if (made != null) {
        closed.add(
            new ShortcutLearner.Seen(
                item.stratum(), item.question(), made.options(), made.right()));
        named +=
            made.procedures().stream()
                .filter(p -> !p.equals(Choices.RIGHT) && !p.equals(Choices.OTHER_ITEM))
                .count();
      }
    }
    List<ShortcutLearner.Score> tooGood = new ArrayList<>();
    StringBuilder line =
        new StringBuilder(
            "%s: %d of %d items have choices, %d options by named mistakes;"
                .formatted(name, choices.size(), ITEMS, named));
    for (ShortcutLearner.Kind kind : ShortcutLearner.Kind.values()) {
      ShortcutLearner.Score score = ShortcutLearner.score(kind, closed, 1);
      line.append(
          " %s %.3f (upper %.3f, chance %.3f)"
              .formatted(kind.wireName(), score.accuracy(), score.upper(), score.chance()));
      double allowed =
          ITEMS >= 2000
              ? 0.03
              : 0.03 + 3 * Math.sqrt(score.chance() * (1 - score.chance()) / score.items());
      if (score.excess() > allowed) {
        tooGood.add(score);
      }
    }
    System.out.println(line);
    if (Boolean.getBoolean("sightline.audit.kinds")) {
      Map<String, List<ShortcutLearner.Seen>> byKind = new TreeMap<>();
      closed.forEach(s -> byKind.computeIfAbsent(s.stratum(), k -> new ArrayList<>()).add(s));
      byKind.forEach(
          (kind, seen) ->
              System.out.println(
                  "  " + kind + " " + ShortcutLearner.score(ShortcutLearner.Kind.NGRAMS, seen, 1)));
    }
    assertThat(tooGood).as("%s can be answered without its image", name).isEmpty();
    assertThat(choices).as("items with choices").isNotEmpty();
  }
}
