package dev.sightline.reward;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The terms on the class path. All methods throw {@link SightlineException} INVALID_REQUEST where
 * one of them cannot be used.
 */
public final class RewardTerms {
  private static final String NAME = "[a-z][a-z0-9_]{1,40}";

  private static @Nullable Map<String, RewardTerm> found;

  private RewardTerms() {}

  public static Optional<RewardTerm> byName(String name) {
    return Optional.ofNullable(byName().get(name));
  }

  /** Sorted. */
  public static List<String> names() {
    return List.copyOf(byName().keySet());
  }

  /** Sorted by name. */
  public static List<RewardTerm> all() {
    return List.copyOf(byName().values());
  }

  private static synchronized Map<String, RewardTerm> byName() {
    if (found == null) {
      found = index(ServiceLoader.load(RewardTerm.class, RewardTerm.class.getClassLoader()));
    }
    return found;
  }

  static Map<String, RewardTerm> index(Iterable<RewardTerm> terms) {
    Map<String, RewardTerm> byName = new TreeMap<>();
    try {
      for (Iterator<RewardTerm> each = terms.iterator(); each.hasNext(); ) {
        RewardTerm term = each.next();
        String jar = term.getClass().getName();
        if (!term.name().matches(NAME)) {
          throw unusable(jar + " calls itself '" + term.name() + "', which does not match " + NAME);
        }
        RewardTerm other = byName.put(term.name(), term);
        if (other != null) {
          throw unusable(
              jar + " and " + other.getClass().getName() + " are both called " + term.name());
        }
      }
    } catch (ServiceConfigurationError e) {
      throw unusable(String.valueOf(e.getMessage()));
    }
    return byName;
  }

  private static SightlineException unusable(String why) {
    return new SightlineException(
        FailureType.INVALID_REQUEST,
        "reward terms: " + why + "; mend or remove the jar that brings it");
  }
}
