package dev.sightline.reward;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of a term in a design, checked, with every default filled in. */
public final class TermSettings {
  private final Map<String, Object> values;

  private TermSettings(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Checks what a design says.
   *
   * @param parameter for terms that take one, else null
   * @throws InvalidDesignException with field ({@code parameter} or {@code settings.NAME}), problem
   *     and fix
   */
  public static TermSettings of(
      RewardTerm term, @Nullable String parameter, Map<String, ?> settings) {
    Map<String, Object> values = new TreeMap<>();
    TermSetting wanted = term.parameter().orElse(null);
    if (wanted == null && parameter != null) {
      throw new InvalidDesignException(
          "parameter", term.name() + " takes no parameter", "leave it out");
    }
    if (wanted != null) {
      if (parameter == null || parameter.isBlank()) {
        throw new InvalidDesignException(
            "parameter", term.name() + " needs a parameter", "give " + wanted.takes());
      }
      values.put(wanted.name(), read(wanted, parameter, "parameter"));
    }
    for (TermSetting setting : term.settings()) {
      Object given = settings.get(setting.name());
      values.put(
          setting.name(),
          given == null
              ? Objects.requireNonNull(setting.byDefault(), () -> setting + " has no default")
              : read(setting, given, "settings." + setting.name()));
    }
    List<String> known = term.settings().stream().map(TermSetting::name).toList();
    List<String> unknown = new ArrayList<>(settings.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new InvalidDesignException(
          "settings." + unknown.getFirst(),
          "is no setting of " + term.name(),
          known.isEmpty() ? "leave it out" : "known: " + String.join(", ", known));
    }
    return new TermSettings(values);
  }

  private static Object read(TermSetting setting, Object given, String field) {
    return setting
        .read(given)
        .orElseThrow(
            () -> new InvalidDesignException(field, "is " + given, "give " + setting.takes()));
  }

  /** By name, sorted. */
  public Map<String, Object> values() {
    return values;
  }

  public double number(String name) {
    return ((Number) value(name)).doubleValue();
  }

  public long whole(String name) {
    return ((Number) value(name)).longValue();
  }

  public boolean flag(String name) {
    return (Boolean) value(name);
  }

  public String text(String name) {
    return (String) value(name);
  }

  private Object value(String name) {
    return Objects.requireNonNull(values.get(name), () -> "there is no setting " + name);
  }
}
