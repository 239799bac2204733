package dev.sightline.puzzle.wheeloffortune;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;

/** Wrong procedures on a wheel; all answer with a prize that is on it. */
final class WheelMistakes {
  private WheelMistakes() {}

  static List<WrongAnswer> of(WheelScene scene, Question question) {
    Spins spins = Spins.of(question);
    int count = scene.prizes().size();
    int at = Math.floorMod(scene.arrow() - spins.net(), 360);
    int right = WheelSolver.sector(scene.edges(), at);
    List<WrongAnswer> wrong = new ArrayList<>();
    add(wrong, "wrong-direction", scene, scene.arrow() + spins.net());
    add(wrong, "not-spun", scene, scene.arrow());
    wrong.add(new WrongAnswer("off-by-one", scene.prizes().get((right + 1) % count)));
    wrong.add(new WrongAnswer("off-by-one", scene.prizes().get((right + count - 1) % count)));
    int start = WheelSolver.sector(scene.edges(), scene.arrow());
    int sectors = Math.round(spins.net() % 360 * count / 360f);
    wrong.add(
        new WrongAnswer(
            "equal-sectors-assumed", scene.prizes().get(Math.floorMod(start - sectors, count))));
    add(wrong, "arrow-taken-as-top", scene, -spins.net());
    if (spins.degrees().size() > 1) {
      add(wrong, "first-spin-only", scene, scene.arrow() - spins.degrees().getFirst());
      add(wrong, "last-spin-only", scene, scene.arrow() - spins.degrees().getLast());
      int sum = spins.degrees().stream().mapToInt(Math::abs).sum();
      add(wrong, "directions-ignored", scene, scene.arrow() - sum);
    }
    return wrong;
  }

  private static void add(List<WrongAnswer> wrong, String procedure, WheelScene scene, int angle) {
    int sector = WheelSolver.sector(scene.edges(), Math.floorMod(angle, 360));
    wrong.add(new WrongAnswer(procedure, scene.prizes().get(sector)));
  }
}
