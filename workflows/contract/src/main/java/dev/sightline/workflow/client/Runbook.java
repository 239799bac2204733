package dev.sightline.workflow.client;

import dev.sightline.foundation.FailureType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the runbook says what to do about a failure. */
public final class Runbook {
  private static final String FILE = "deploy/RUNBOOK.md";
  private static final Pattern NAME = Pattern.compile("\\b([A-Z]+(?:_[A-Z]+)*):");

  private Runbook() {}

  /** The row of a failure. */
  public static String row(FailureType type) {
    return FILE + "#" + type.name().toLowerCase(Locale.ROOT);
  }

  /** The row of the failure that a reason names first; empty where it names none. */
  public static Optional<String> row(String reason) {
    Matcher names = NAME.matcher(reason);
    while (names.find()) {
      String name = names.group(1);
      Optional<FailureType> type =
          Arrays.stream(FailureType.values()).filter(one -> one.name().equals(name)).findFirst();
      if (type.isPresent()) {
        return type.map(Runbook::row);
      }
    }
    return Optional.empty();
  }
}
