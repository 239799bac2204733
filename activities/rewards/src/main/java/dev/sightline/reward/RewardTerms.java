package dev.sightline.reward;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The terms on the class path. */
public final class RewardTerms {
  private static final Map<String, RewardTerm> BY_NAME = index();

  private RewardTerms() {}

  public static Optional<RewardTerm> byName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Sorted. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** Sorted by name. */
  public static List<RewardTerm> all() {
    return List.copyOf(BY_NAME.values());
  }

  private static Map<String, RewardTerm> index() {
    Map<String, RewardTerm> byName = new TreeMap<>();
    ClassLoader loader = RewardTerm.class.getClassLoader();
    for (RewardTerm term : ServiceLoader.load(RewardTerm.class, loader)) {
      if (!term.name().matches("[a-z][a-z0-9_]{1,40}")) {
        throw new IllegalStateException(
            term.getClass().getName() + ": '" + term.name() + "' is no legal name of a term");
      }
      RewardTerm other = byName.put(term.name(), term);
      if (other != null) {
        throw new IllegalStateException(
            "two terms are called %s: %s and %s"
                .formatted(term.name(), other.getClass().getName(), term.getClass().getName()));
      }
    }
    return byName;
  }
}
