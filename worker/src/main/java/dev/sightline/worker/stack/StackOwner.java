package dev.sightline.worker.stack;

/**
 * On whose behalf a stack runs. A stack of {@code up} stays until {@code down}; one of {@code
 * quickstart} ends with it, and when its owner is dead the next quickstart may take it over.
 *
 * @param kind "up" or "quickstart"
 * @param process the command that started it
 */
public record StackOwner(String kind, ProcessIdentity process) {
  public static StackOwner up() {
    return new StackOwner("up", ProcessIdentity.ofCurrent());
  }

  public static StackOwner quickstart() {
    return new StackOwner("quickstart", ProcessIdentity.ofCurrent());
  }
}
