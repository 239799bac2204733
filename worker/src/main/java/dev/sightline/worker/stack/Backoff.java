package dev.sightline.worker.stack;

/** How long to wait before a part is started again. */
final class Backoff {
  private static final long FIRST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 10_000;

  private Backoff() {}

  /**
   * @param failures starts in a row that never became ready
   */
  static long millis(int failures) {
    if (failures <= 0) {
      return FIRST_MILLIS;
    }
    return Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
  }
}
