package dev.sightline.spec;

import org.jspecify.annotations.Nullable;

/** Which fields of the loss its kind reads. */
final class LossChecks {
  private static final double UNUSED_CLIP = 0.2;

  private final Findings findings;
  private final String path;
  private final ExperimentSpec.Loss loss;

  LossChecks(Findings findings, String path, ExperimentSpec.Loss loss) {
    this.findings = findings;
    this.path = path;
    this.loss = loss;
  }

  void run() {
    LossKind kind = loss.kind();
    if (kind != LossKind.GRPO && loss.aggregation() != kind.aggregation()) {
      problem(
          "aggregation",
          loss.aggregation().wire() + " is not that of " + kind.wire(),
          "leave it out, or take kind grpo");
    }
    if (!kind.clips()) {
      clip("clipLow", loss.clipLow());
      clip("clipHigh", loss.clipHigh());
    }
    only("ratioCap", loss.ratioCap(), LossKind.CISPO);
    only("temperaturePositive", loss.temperaturePositive(), LossKind.SAPO);
    only("temperatureNegative", loss.temperatureNegative(), LossKind.SAPO);
  }

  private void clip(String field, double value) {
    if (value != UNUSED_CLIP) {
      problem(field, "is not read by " + loss.kind().wire(), "leave it out");
    }
  }

  private void only(String field, @Nullable Double value, LossKind reader) {
    if (value != null && loss.kind() != reader) {
      problem(field, "is not read by " + loss.kind().wire(), "leave it out");
    }
    if (value == null && loss.kind() == reader) {
      problem(field, "is empty", "leave the line out for the default");
    }
  }

  private void problem(String field, String problem, String fix) {
    findings.problem(path + "." + field, problem, fix);
  }
}
