package dev.sightline.activity;

import io.temporal.activity.Activity;

/** Tells Temporal that an activity lives, and what it does. */
public final class Heartbeat {
  private Heartbeat() {}

  /** The SDK throttles, so call it as often as there is something to tell. */
  public static void beat(String what) {
    Activity.getExecutionContext().heartbeat(what);
  }
}
