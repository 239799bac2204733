package dev.sightline.puzzle.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChoiceMakerTest {
  private static ChoiceItem item(int index, String question, int answer, int... wrong) {
    List<WrongAnswer> mistakes = new ArrayList<>();
    for (int value : wrong) {
      mistakes.add(new WrongAnswer("off-by-one", Integer.toString(value)));
    }
    return new ChoiceItem("item-" + index, "kiwi", question, Integer.toString(answer), mistakes);
  }

  /** Small answers are frequent, and the question's word "deep" goes with large ones. */
  private static List<ChoiceItem> skewed(int count) {
    SplittableRandom random = new SplittableRandom(5);
    List<ChoiceItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean deep = random.nextBoolean();
      int answer = (deep ? 6 : 1) + Math.min(random.nextInt(7), random.nextInt(7));
      items.add(
          item(
              i,
              deep ? "a deep board" : "a flat board",
              answer,
              answer + 1,
              answer - 1,
              2 * answer));
    }
    return items;
  }

  private static List<ShortcutLearner.Seen> seen(
      List<ChoiceItem> items, Map<String, Choices> choices) {
    List<ShortcutLearner.Seen> seen = new ArrayList<>();
    for (ChoiceItem item : items) {
      Choices made = choices.get(item.key());
      if (made != null) {
        seen.add(
            new ShortcutLearner.Seen(
                item.stratum(), item.question(), made.options(), made.right()));
      }
    }
    return seen;
  }

  @Test
  void everyOptionIsRightOnceInItsGroupAndEveryPositionToo() {
    List<ChoiceItem> items = skewed(2000);
    Map<String, Choices> choices = ChoiceMaker.make(items);
    Map<List<String>, int[]> rightAt =
        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    for (ChoiceItem item : items) {
      Choices made = choices.get(item.key());
      if (made == null) {
        continue;
      }
      assertThat(made.options()).hasSizeBetween(3, 4);
      assertThat(made.options().get(made.right())).isEqualTo(item.answer());
      assertThat(made.procedures().get(made.right())).isEqualTo(Choices.RIGHT);
      rightAt.computeIfAbsent(made.options(), key -> new int[4])[made.right()]++;
    }
    assertThat(choices).hasSizeGreaterThan(1900);
    rightAt.forEach(
        (options, counts) -> {
          for (int position = 1; position < options.size(); position++) {
            assertThat(counts[position]).as("%s", options).isEqualTo(counts[0]);
          }
        });
  }

  @Test
  void mostOptionsComeFromNamedMistakes() {
    long named =
        ChoiceMaker.make(skewed(2000)).values().stream()
            .flatMap(made -> made.procedures().stream())
            .filter(name -> name.equals("off-by-one"))
            .count();
    assertThat(named).isGreaterThan(2000L);
  }

  @Test
  void learnersThatDoNotSeeTheImageStayAtChance() {
    List<ChoiceItem> items = skewed(2000);
    List<ShortcutLearner.Seen> seen = seen(items, ChoiceMaker.make(items));
    for (ShortcutLearner.Kind kind : ShortcutLearner.Kind.values()) {
      ShortcutLearner.Score score = ShortcutLearner.score(kind, seen, 1);
      assertThat(score.excess()).as("%s", score).isLessThanOrEqualTo(0.03);
    }
  }

  /** The learners can learn: options around the right answer give it away to each of them. */
  @Test
  void learnersFindWhatCarelessOptionsGiveAway() {
    List<ShortcutLearner.Seen> careless = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(8);
    for (ChoiceItem item : skewed(2000)) {
      int answer = Integer.parseInt(item.answer());
      List<String> options =
          new ArrayList<>(
              List.of(
                  Integer.toString(answer),
                  Integer.toString(answer + 1),
                  Integer.toString(answer - 1),
                  Integer.toString(answer + 20)));
      Collections.shuffle(options, new Random(random.nextLong()));
      careless.add(
          new ShortcutLearner.Seen(
              item.stratum(), item.question(), options, options.indexOf(item.answer())));
    }
    assertThat(ShortcutLearner.score(ShortcutLearner.Kind.NGRAMS, careless, 1).accuracy())
        .isGreaterThan(0.33);
    assertThat(ShortcutLearner.score(ShortcutLearner.Kind.OPTIONS_ONLY, careless, 1).accuracy())
        .isGreaterThan(0.9);
  }

  /** Wrong options that are never right elsewhere give the frequent answers away. */
  @Test
  void theMajorityFindsAnswersAmongOptionsDrawnEvenly() {
    List<ShortcutLearner.Seen> drawn = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(9);
    for (ChoiceItem item : skewed(2000)) {
      List<String> options = new ArrayList<>(List.of(item.answer()));
      while (options.size() < 4) {
        String other = Integer.toString(random.nextInt(1, 40));
        if (!options.contains(other)) {
          options.add(other);
        }
      }
      drawn.add(new ShortcutLearner.Seen(item.stratum(), item.question(), options, 0));
    }
    assertThat(ShortcutLearner.score(ShortcutLearner.Kind.MAJORITY, drawn, 1).accuracy())
        .isGreaterThan(0.5);
  }

  @Test
  void theOrderOfItemsChangesNothing() {
    List<ChoiceItem> items = new ArrayList<>(skewed(300));
    Map<String, Choices> before = ChoiceMaker.make(items);
    Collections.shuffle(items, new Random(3));
    assertThat(ChoiceMaker.make(items)).isEqualTo(before);
  }

  @Test
  void itemsOfAnAnswerThatIsTooFrequentGetNone() {
    List<ChoiceItem> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(item(i, "q", i < 70 ? 1 : 2 + i % 5));
    }
    Map<String, Choices> choices = ChoiceMaker.make(items);
    long frequent =
        items.stream().filter(i -> i.answer().equals("1") && choices.containsKey(i.key())).count();
    assertThat(frequent).isEqualTo(choices.size() / 4);
    assertThat(choices.size()).isBetween(32, 40);
  }

  @Test
  void yesAndNoAreTwoOptions() {
    List<ChoiceItem> items = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      items.add(new ChoiceItem("k" + i, "tile", "q", i % 2 == 0 ? "Yes" : "No", List.of()));
    }
    assertThat(ChoiceMaker.make(items).values())
        .hasSize(10)
        .allSatisfy(made -> assertThat(made.options()).containsExactlyInAnyOrder("Yes", "No"));
  }

  @Test
  void oneAnswerGivesNoChoiceAndDoubleKeysAreRefused() {
    assertThat(ChoiceMaker.make(List.of(item(1, "q", 1), item(2, "q", 1)))).isEmpty();
    assertThatThrownBy(() -> ChoiceMaker.make(List.of(item(1, "q", 1), item(1, "q", 2))))
        .hasMessageContaining("item-1");
  }

  @Test
  void writesAndReads() {
    Choices made = new Choices(List.of("3", "4"), 1, List.of("off-by-one", Choices.RIGHT));
    assertThat(Choices.fromMap(made.toMap())).isEqualTo(made);
    assertThatThrownBy(() -> new Choices(List.of("3", "3"), 0, List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
