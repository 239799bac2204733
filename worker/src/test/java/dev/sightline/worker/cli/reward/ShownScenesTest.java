package dev.sightline.worker.cli.reward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.reward.RewardItem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShownScenesTest {
  static List<String> families() {
    return PuzzleFamilies.names();
  }

  /** Items come without the configuration of their data set. */
  @ParameterizedTest
  @MethodSource("families")
  void readsScenesOfEveryLevelWithoutTheirConfiguration(String name) throws Exception {
    JsonMapper mapper = new JsonMapper();
    for (int level = 1; level <= 5; level += 2) {
      ConfiguredFamily drawn =
          PuzzleFamilies.configure(
              name,
              name.equals("rotting_kiwi")
                  ? Map.of("rows", 4, "columns", 5, "rotten", "one")
                  : Map.of("level", level));
      Puzzle puzzle = drawn.draw(SeedTree.root(level).child(name));
      JsonNode item =
          mapper.valueToTree(
              Map.of(
                  "family", name,
                  "scene", drawn.writeScene(puzzle.scene()),
                  "question", puzzle.question().toMap()));
      RewardItem.Shown shown = Objects.requireNonNull(new ShownScenes().of(item));
      assertThat(shown.asked()).isEqualTo(puzzle.question());
      assertThat(shown.family().answer(new Puzzle(shown.scene(), shown.asked())))
          .isEqualTo(drawn.answer(puzzle));
      String description = drawn.description(puzzle.scene());
      assertThat(shown.family().facts(shown.scene(), shown.family().readDescription(description)))
          .extracting(facts -> facts.value())
          .isEqualTo(1.0);
    }
  }
}
