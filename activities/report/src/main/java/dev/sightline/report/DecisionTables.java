package dev.sightline.report;

import dev.sightline.report.ReportRequest.BlindReward;
import dev.sightline.report.ReportRequest.FutilityArm;
import dev.sightline.report.ReportRequest.FutilityLook;
import dev.sightline.report.ReportRequest.LookedAt;
import dev.sightline.report.ReportRequest.SeedLooks;
import dev.sightline.report.ReportRequest.TriedRate;
import dev.sightline.report.ReportRequest.TunedArm;
import dev.sightline.report.ReportRequest.Tuning;
import dev.sightline.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was decided on the way, and what a design pays for looking away; empty where nothing. */
final class DecisionTables {
  private DecisionTables() {}

  static Table tuning(Report report) {
    Tuning tuning = report.request().decisions().tuning();
    List<List<String>> rows = new ArrayList<>();
    if (tuning != null) {
      for (TunedArm arm : tuning.arms()) {
        for (TriedRate rate : arm.rates()) {
          boolean chosen = arm.chosen() != null && arm.chosen() == rate.learningRate();
          rows.add(
              List.of(
                  arm.arm(),
                  rate.dev() == null ? "skipped" : chosen ? "chosen" : "",
                  Format.weight(rate.learningRate()),
                  Format.percent(rate.dev())));
        }
      }
    }
    return new Table(
        "Learning rates tried on dev, the same for every arm.",
        List.of("arm", "", "learning rate", "dev"),
        2,
        rows,
        tuning == null
            ? ""
            : "Dev: "
                + tuning.metric()
                + " in percent after "
                + tuning.step()
                + " steps with run seed "
                + tuning.seed()
                + ", which is tested nowhere. The best is the arm's rate, ties to the one named"
                + " first.");
  }

  static Table futility(Report report) {
    List<List<String>> rows = new ArrayList<>();
    String note = "";
    for (FutilityLook look : report.request().decisions().futility()) {
      for (FutilityArm arm : look.arms()) {
        if (arm.difference() != null && arm.upper() != null) {
          rows.add(
              List.of(
                  arm.arm(),
                  arm.stopped() ? "stopped" : "went on",
                  Integer.toString(look.step()),
                  Format.points(arm.difference()),
                  Format.points(arm.upper())));
        }
      }
      note =
          String.format(
              Locale.ROOT,
              "Dev %s, arm minus reference. Stopped where the upper bound is below %s points; a"
                  + " wrong stop has a chance of at most %s over %d looks. A stopped arm is"
                  + " stopped, never worse.",
              look.metric(),
              Format.points(look.leastGain()),
              Format.weight(look.alpha()),
              look.looks());
    }
    return new Table(
        "Looks for futility on dev, points.",
        List.of("arm", "decision", "step", "difference", "at most"),
        2,
        rows,
        note);
  }

  static Table seeds(Report report) {
    SeedLooks looks = report.request().decisions().seeds();
    List<List<String>> rows = new ArrayList<>();
    if (looks != null) {
      for (LookedAt contrast : looks.contrasts()) {
        rows.add(
            List.of(
                contrast.arm()
                    + " − "
                    + (contrast.against().equals(ReportRequest.BASELINE)
                        ? Headline.START
                        : contrast.against()),
                contrast.outcome(),
                Integer.toString(contrast.seeds().size()),
                contrast.low() == null || contrast.high() == null
                    ? Format.NONE
                    : Format.points(new Interval(contrast.low(), contrast.high()))));
      }
    }
    return new Table(
        "Seeds were added until the primary contrasts were decided.",
        List.of("comparison", "ended", "seeds", "interval"),
        2,
        rows,
        looks == null
            ? ""
            : String.format(
                Locale.ROOT,
                "%d of %d declared looks were used. Every interval of a difference in this report"
                    + " has confidence %.2f %%, so that all declared looks together keep %.0f %%,"
                    + " whatever was decided on the way; adjusted p-values count %d looks.%s",
                looks.used(),
                looks.declared(),
                100 * looks.confidence(),
                100 * report.request().experiment().comparing().confidence(),
                looks.declared(),
                looks.halfWidth() == null
                    ? ""
                    : String.format(
                        Locale.ROOT,
                        " Narrow enough: at most %.1f points to each side.",
                        100 * looks.halfWidth())));
  }

  static Table blind(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (BlindReward blind : report.request().blind()) {
      rows.add(
          List.of(
              blind.arm(),
              blind.family(),
              Integer.toString(blind.items()),
              Format.number((Double) blind.reward())));
    }
    return new Table(
        "What each design pays for one text given to every item.",
        List.of("arm", "family", "items", "reward"),
        2,
        rows,
        "Mean reward, at the last step's weights, of the best constant completion that was found on"
            + " training items: a policy can earn as much without looking.");
  }

  /** Those that there is something to say in. */
  static List<Table> decisions(Report report) {
    return List.of(tuning(report), futility(report), seeds(report));
  }
}
