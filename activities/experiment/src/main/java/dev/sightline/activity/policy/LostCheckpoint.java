package dev.sightline.activity.policy;

/** What to do about a checkpoint whose files are missing or broken. */
public enum LostCheckpoint {
  /** Fail with its name: making the steps after an older one again can take hours. */
  REFUSE,
  /** Somebody said to go on without it. */
  GIVE_UP
}
