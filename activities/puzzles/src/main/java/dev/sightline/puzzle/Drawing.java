package dev.sightline.puzzle;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Rejection sampling with a bound. */
public final class Drawing {
  private Drawing() {}

  /**
   * One of the answers evenly, then one of what has it: else an answer that much has would mostly
   * be the right one.
   *
   * @param byAnswer not empty, no value empty
   */
  public static <A, P> Map.Entry<A, P> answerFirst(
      SortedMap<A, List<P>> byAnswer, SplittableRandom random) {
    List<Map.Entry<A, List<P>>> answers = List.copyOf(byAnswer.entrySet());
    Map.Entry<A, List<P>> answer = answers.get(random.nextInt(answers.size()));
    List<P> places = answer.getValue();
    return Map.entry(answer.getKey(), places.get(random.nextInt(places.size())));
  }

  /**
   * Tries until something comes; all tries share one random stream of the seed.
   *
   * @throws SightlineException SPACE_EXHAUSTED after so many tries without success
   */
  public static <T> T until(
      SeedTree seed, int tries, Function<SplittableRandom, Optional<T>> attempt) {
    SplittableRandom random = seed.random();
    for (int i = 0; i < tries; i++) {
      Optional<T> found = attempt.apply(random);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new SightlineException(
        FailureType.SPACE_EXHAUSTED,
        "no puzzle of the wanted level, measures and questions came in "
            + tries
            + " draws; ask for another level, wider measures or a larger board");
  }
}
