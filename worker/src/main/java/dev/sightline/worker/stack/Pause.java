package dev.sightline.worker.stack;

/** Waiting between two looks at something outside this process. */
final class Pause {
  private Pause() {}

  /**
   * @return false when the thread was interrupted, which stays marked
   */
  static boolean millis(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
