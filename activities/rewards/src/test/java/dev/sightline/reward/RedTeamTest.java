package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.dataset.DatasetBaselines;
import dev.sightline.puzzle.dataset.DatasetItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cheats, and the most that each design may pay for them: {@code red-team/limits.csv} has a row for
 * each design and a column for each cheat, as mean totals over 300 boards. {@code blind} is the
 * most that any text may earn that is the same for all boards.
 */
class RedTeamTest {
  private static final int TEMPLATES = Integer.getInteger("sightline.redTeamTemplates", 40);

  private static final String STOCK =
      DatasetBaselines.bestConstantDescription(Items.FAMILY, Items.ALL).text();

  private static final String OFTEN = DatasetBaselines.mostFrequentAnswer(Items.ALL).answer();

  /** Asked with the twin in the picture's place, where a description is no sight. */
  private static final String TWIN = "copied_twin";

  /** What a policy writes of an item. */
  private static final Map<String, Function<DatasetItem, String>> CHEATS = cheats();

  private static Map<String, Function<DatasetItem, String>> cheats() {
    Map<String, Function<DatasetItem, String>> cheats = new LinkedHashMap<>();
    cheats.put("empty", item -> "");
    cheats.put("stock_scene", item -> said(STOCK, OFTEN));
    cheats.put("all_alternatives", item -> said("---/---/---/FFF/FFF/FFF/RRR/RRR/RRR", "1 2 3 4"));
    cheats.put(
        "answer_inside_description",
        item -> "<description><answer>" + OFTEN + "</answer>" + STOCK + "</description>");
    cheats.put(
        "description_after_answer",
        item ->
            "<answer>" + OFTEN + "</answer><description>" + item.description() + "</description>");
    cheats.put(TWIN, item -> said(item.description(), OFTEN));
    cheats.put("rotated_scene", item -> said(rotated(item.description()), OFTEN));
    cheats.put(
        "nested_tags",
        item ->
            "<think><description>"
                + item.description()
                + "</description></think><answer><answer>"
                + OFTEN
                + "</answer></answer>");
    return cheats;
  }

  private static String said(String board, String answer) {
    return "<description>" + board + "</description><answer>" + answer + "</answer>";
  }

  /** A quarter turn. */
  private static String rotated(String board) {
    String[] rows = board.split("/", -1);
    List<String> turned = new ArrayList<>();
    for (int column = 0; column < rows[0].length(); column++) {
      StringBuilder row = new StringBuilder();
      for (int i = rows.length - 1; i >= 0; i--) {
        row.append(rows[i].charAt(column));
      }
      turned.add(row.toString());
    }
    return String.join("/", turned);
  }

  /** Designs that need no recorded evidence; sft_description pays what vanilla's answer does. */
  static Stream<String> designs() {
    return RewardDesigns.names().stream()
        .filter(
            name -> !List.of("caption_reader", "judge_recall", "sft_description").contains(name));
  }

  private static RewardDesign design(String name) {
    return RewardDesign.of(RewardDesigns.byName(name).orElseThrow());
  }

  /** By design, then by column. */
  private static Map<String, Map<String, Double>> limits() {
    try (InputStream in = RedTeamTest.class.getResourceAsStream("/red-team/limits.csv")) {
      List<String> lines =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      String[] columns = lines.getFirst().split(",", -1);
      Map<String, Map<String, Double>> limits = new LinkedHashMap<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",", -1);
        Map<String, Double> row = new LinkedHashMap<>();
        for (int i = 1; i < columns.length; i++) {
          row.put(columns[i], Double.valueOf(cells[i]));
        }
        limits.put(cells[0], row);
      }
      return limits;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double limit(String design, String column) {
    return Objects.requireNonNull(Objects.requireNonNull(limits().get(design)).get(column));
  }

  private static double mean(RewardDesign design, Function<DatasetItem, String> text) {
    return mean(design, text, Mode.IMAGE);
  }

  /** At step 0, where a curriculum pays most for perception. */
  private static double mean(RewardDesign design, Function<DatasetItem, String> text, Mode mode) {
    double sum = 0;
    for (int i = 0; i < Items.ALL.size(); i++) {
      DatasetItem item = Items.ALL.get(i);
      sum +=
          design
              .score(
                  Items.attempt(design.template(), item, text.apply(item), mode)
                      .at(0, SeedTree.root(0).child("constant-completion").child(i)))
              .total();
    }
    return sum / Items.ALL.size();
  }

  @Test
  void everyDesignHasLimits() {
    assertThat(limits().keySet()).containsExactlyElementsOf(designs().toList());
    assertThat(limits().values())
        .allSatisfy(row -> assertThat(row.keySet()).containsAll(CHEATS.keySet()).contains("blind"));
  }

  @ParameterizedTest
  @MethodSource("designs")
  void cheatsEarnAtMostTheirLimit(String name) {
    RewardDesign design = design(name);
    Map<String, Double> earned = new LinkedHashMap<>();
    CHEATS.forEach(
        (cheat, text) ->
            earned.put(cheat, mean(design, text, cheat.equals(TWIN) ? Mode.TEXT : Mode.IMAGE)));
    earned.forEach(
        (cheat, reward) ->
            assertThat(reward)
                .as("%s of %s; the whole row: %s", cheat, name, earned)
                .isLessThanOrEqualTo(limit(name, cheat) + 1e-9));
  }

  /** Its fitted constant is what {@code blind} says, so the limit is not slack. */
  @ParameterizedTest
  @MethodSource("designs")
  void theBestConstantCompletionEarnsTheLimit(String name) {
    RewardDesign design = design(name);
    ConstantCompletion best = ConstantCompletion.best(design, Items.FAMILY, Items.ALL, 0);
    assertThat(mean(design, item -> best.text())).isCloseTo(best.reward(), within(1e-12));
    assertThat(best.reward())
        .as("%s: %s", name, best.text())
        .isCloseTo(limit(name, "blind"), within(2e-3));
  }

  /** Seeded texts, the same for all boards, put together of what designs look at. */
  @ParameterizedTest
  @MethodSource("designs")
  void noTextThatIsTheSameForAllBoardsEarnsMore(String name) {
    RewardDesign design = design(name);
    SeedTree seeds = SeedTree.root(2026).child("red-team").child(name);
    for (int i = 0; i < TEMPLATES; i++) {
      String text = template(design.template(), seeds.child(i).random());
      assertThat(mean(design, item -> text))
          .as(text)
          .isLessThanOrEqualTo(limit(name, "blind") + 1e-9);
    }
  }

  private static String template(PromptTemplate template, SplittableRandom random) {
    List<Tag> tags = new ArrayList<>(template.tags());
    for (int more = random.nextInt(3); more > 0; more--) {
      tags.add(random.nextInt(tags.size() + 1), Tag.values()[random.nextInt(Tag.values().length)]);
    }
    StringBuilder text = new StringBuilder();
    for (Tag tag : tags) {
      boolean whole = random.nextInt(8) > 0;
      text.append(tag.opening()).append(content(tag, random)).append(whole ? tag.closing() : "");
      if (random.nextInt(8) == 0) {
        text.append(prose(random));
      }
    }
    return text.toString();
  }

  private static String content(Tag tag, SplittableRandom random) {
    return switch (tag) {
      case ANSWER -> random.nextInt(8) == 0 ? "1 or 2" : String.valueOf(random.nextInt(6));
      case DESCRIPTION ->
          random.nextInt(6) == 0 ? board(random) + "/" + board(random) : board(random);
      case THINK ->
          prose(random)
              + Tag.VISUAL.opening()
              + prose(random)
              + Tag.VISUAL.closing()
              + prose(random);
      case IMAGE_DESCRIPTION, RETHINK, VISUAL -> prose(random);
    };
  }

  private static String board(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> STOCK;
      case 1 -> Items.ALL.get(random.nextInt(Items.ALL.size())).description();
      default -> {
        StringBuilder board = new StringBuilder();
        for (int i = 0; i < 11; i++) {
          board.append(i % 4 == 3 ? '/' : "-FR".charAt(random.nextInt(3)));
        }
        yield board.toString();
      }
    };
  }

  private static String prose(SplittableRandom random) {
    StringBuilder prose = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      prose.append("Point ").append(random.nextInt(80)).append(". ");
    }
    return prose.toString();
  }
}
