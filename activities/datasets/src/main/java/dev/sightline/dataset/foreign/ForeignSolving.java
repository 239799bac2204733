package dev.sightline.dataset.foreign;

import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignItems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Solves published items by both solvers from the question and the input fields only, and compares
 * with the published answers. What cannot be read counts as checked and disagreeing.
 */
public final class ForeignSolving {
  private ForeignSolving() {}

  /**
   * One item.
   *
   * @param theirs empty where the item could not be read
   * @param problem why it does not agree; empty if it does
   */
  public record Verdict(String id, String place, String theirs, Optional<String> problem) {}

  /** All items, in the order of the files; then what could not be read. */
  public record Outcome(List<Verdict> verdicts) {
    public Outcome {
      verdicts = List.copyOf(verdicts);
    }

    public List<Verdict> disagreeing() {
      return verdicts.stream().filter(verdict -> verdict.problem().isPresent()).toList();
    }

    /** {@code {"checked":N,"agree":N,"disagree":[ids]}}. */
    public Map<String, Object> toMap() {
      List<Verdict> disagreeing = disagreeing();
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("checked", verdicts.size());
      map.put("agree", verdicts.size() - disagreeing.size());
      map.put("disagree", disagreeing.stream().map(Verdict::id).toList());
      return map;
    }
  }

  /**
   * @throws dev.sightline.foundation.SightlineException INVALID_REQUEST for a path that cannot be
   *     read
   */
  public static Outcome solve(ForeignFormat format, List<Path> paths) {
    ForeignFiles.Content content = new ForeignFiles(format).read(paths);
    List<Verdict> verdicts =
        new ArrayList<>(
            content.lines().parallelStream().map(line -> verdict(format, line)).toList());
    for (ForeignFiles.Unreadable line : content.unreadable()) {
      verdicts.add(new Verdict(line.id(), line.place(), "", Optional.of(line.reason())));
    }
    return new Outcome(verdicts);
  }

  private static Verdict verdict(ForeignFormat format, ForeignLine line) {
    try {
      ForeignItems.Checked checked = ForeignItems.check(format, line.reader(), line.item());
      return new Verdict(
          line.id(),
          line.place(),
          checked.theirs(),
          checked.agrees()
              ? Optional.empty()
              : Optional.of(
                  "theirs is %s, our solvers say %s and %s"
                      .formatted(
                          checked.theirs(), said(checked.ours()), said(checked.reference()))));
    } catch (RuntimeException e) {
      // Foreign files hold anything; one odd item must not end the check of the others.
      return new Verdict(line.id(), line.place(), "", Optional.of("cannot be read: " + why(e)));
    }
  }

  static String why(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String said(Optional<String> answer) {
    return answer.orElse("nothing");
  }
}
