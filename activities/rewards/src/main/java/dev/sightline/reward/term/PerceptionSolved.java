package dev.sightline.reward.term;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardItem;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether other questions about the scene come out right by the description. */
public final class PerceptionSolved implements RewardTerm {
  @Override
  public String name() {
    return "perception_solved";
  }

  @Override
  public String doc() {
    return "Share of questions about the scene, drawn by item and unseen by the policy, to which the solver finds the same answer in the described scene as in the true one.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(
        TermSetting.whole(
            "questions", "How many questions, as far as the scene has so many.", 8, 2, 64));
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Set.of(Evidence.SCENE);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    RewardItem.Shown shown = attempt.shown();
    if (attempt.describedScene().isEmpty()) {
      return RawValue.of(0.0);
    }
    int asked = 0;
    int same = 0;
    for (Question question : questions(shown, (int) settings.whole("questions"))) {
      asked++;
      Optional<String> right = shown.family().answer(new Puzzle(shown.scene(), question));
      same += right.isPresent() && right.equals(attempt.solved(question)) ? 1 : 0;
    }
    return RawValue.of((double) same / asked);
  }

  /** Distinct and other than the item's own; only that one where the family has no other. */
  private static Set<Question> questions(RewardItem.Shown shown, int wanted) {
    SeedTree seeds =
        SeedTree.root(0)
            .child("perception-solved")
            .child(shown.family().sceneKey(shown.scene()).hex());
    Set<Question> questions = new LinkedHashSet<>();
    for (int draw = 0; draw < 2 * wanted && questions.size() < wanted; draw++) {
      Question question = shown.family().question(shown.scene(), seeds.child(draw));
      if (!question.equals(shown.asked())) {
        questions.add(question);
      }
    }
    return questions.isEmpty() ? Set.of(shown.asked()) : questions;
  }
}
