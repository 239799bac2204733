package dev.sightline.reward;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a reward can be made of. Every raw value lies in [0, 1]. */
public enum RewardTerm {
  /** 1 if the strict reader's answer is right. */
  ACCURACY(Evidence.COMPLETION),
  /**
   * 1 if the completion has exactly the elements that its template asks for, each once and not
   * blank, in order, with nothing else but white space.
   */
  FORMAT(Evidence.COMPLETION),
  /** The fact score of the description; absent for prompts with a text twin. */
  PERCEPTION_FACTS(Evidence.SCENE),
  /** 1 if the strict reader's answer is the parameter: the planted reward of tests. */
  ANSWER_IS(Evidence.COMPLETION);

  /** What a term must be given beside the item's answer. */
  public enum Evidence {
    COMPLETION,
    SCENE
  }

  private final Evidence evidence;

  RewardTerm(Evidence evidence) {
    this.evidence = evidence;
  }

  public Evidence evidence() {
    return evidence;
  }

  /** Whether a design must give a parameter; the others take none. */
  public boolean takesParameter() {
    return this == ANSWER_IS;
  }

  /** The name in specifications and records. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RewardTerm> byName(String name) {
    return Arrays.stream(values()).filter(term -> term.wireName().equals(name)).findFirst();
  }

  /** Sorted. */
  public static List<String> names() {
    return Arrays.stream(values()).map(RewardTerm::wireName).sorted().toList();
  }
}
