package dev.sightline.activity.training;

import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.LossAggregation;
import dev.sightline.triton.policy.PolicyLoss;
import org.jspecify.annotations.Nullable;

/** The loss of the experiment file as the policy server takes it. */
final class Losses {
  private Losses() {}

  static PolicyLoss of(ExperimentSpec.Training training) {
    ExperimentSpec.Loss loss = training.loss();
    boolean clips = loss.kind().clips();
    return new PolicyLoss(
        kind(loss),
        aggregation(loss.aggregation()),
        clips ? (Double) loss.clipLow() : null,
        clips ? (Double) loss.clipHigh() : null,
        loss.aggregation() == LossAggregation.CONSTANT ? (Integer) training.maxNewTokens() : null,
        loss.ratioCap(),
        loss.temperaturePositive(),
        loss.temperatureNegative(),
        loss.kl() == null ? null : kl(loss.kl()),
        loss.correction() == null ? null : correction(loss.correction()));
  }

  /** Whether a completion that was cut off is masked. */
  static boolean masksTruncated(ExperimentSpec.Training training) {
    @Nullable Boolean masks = training.loss().maskTruncated();
    return masks != null && masks;
  }

  private static PolicyLoss.Kind kind(ExperimentSpec.Loss loss) {
    return switch (loss.kind()) {
      case GRPO -> PolicyLoss.Kind.GRPO;
      case DR_GRPO -> PolicyLoss.Kind.DR_GRPO;
      case DAPO -> PolicyLoss.Kind.DAPO;
      case BNPO -> PolicyLoss.Kind.BNPO;
      case GSPO -> PolicyLoss.Kind.GSPO;
      case CISPO -> PolicyLoss.Kind.CISPO;
      case SAPO -> PolicyLoss.Kind.SAPO;
    };
  }

  private static PolicyLoss.Aggregation aggregation(LossAggregation aggregation) {
    return switch (aggregation) {
      case SEQUENCE_MEAN -> PolicyLoss.Aggregation.SEQUENCE_MEAN;
      case TOKEN_MEAN -> PolicyLoss.Aggregation.TOKEN_MEAN;
      case CONSTANT -> PolicyLoss.Aggregation.CONSTANT;
    };
  }

  private static PolicyLoss.Kl kl(ExperimentSpec.Kl kl) {
    PolicyLoss.Estimator estimator =
        switch (kl.estimator()) {
          case K1 -> PolicyLoss.Estimator.K1;
          case K2 -> PolicyLoss.Estimator.K2;
          case K3 -> PolicyLoss.Estimator.K3;
        };
    return new PolicyLoss.Kl(estimator, kl.coefficient(), kl.weighted());
  }

  private static PolicyLoss.Correction correction(ExperimentSpec.Correction correction) {
    PolicyLoss.CorrectionMode mode =
        switch (correction.mode()) {
          case TOKEN_TRUNCATE -> PolicyLoss.CorrectionMode.TOKEN_TRUNCATE;
          case SEQUENCE_TRUNCATE -> PolicyLoss.CorrectionMode.SEQUENCE_TRUNCATE;
        };
    return new PolicyLoss.Correction(mode, correction.cap());
  }
}
