package dev.sightline.activity.badexample;

import dev.sightline.workflow.internal.RewardAblationWorkflowImpl;

/** Breaks an arrow on purpose: activities know workflows by their contract only. */
public final class KnowsWorkflowInternals {
  private KnowsWorkflowInternals() {}

  public static Class<?> type() {
    return RewardAblationWorkflowImpl.class;
  }
}
