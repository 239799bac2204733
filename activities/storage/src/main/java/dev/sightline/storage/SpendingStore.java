package dev.sightline.storage;

import java.util.Map;

/** What experiments cost. Only facts from rows, so that nothing is counted twice. */
public interface SpendingStore {
  /**
   * A job that a policy server did.
   *
   * @param run the name that its lease was taken for
   * @param job its key
   * @param incarnation of the server; made again on another, the job is another cost
   * @param seconds that it ran
   * @param tokens of completions that it sampled
   */
  record Job(
      String run, String job, String incarnation, String kind, double seconds, long tokens) {}

  /**
   * What an experiment has spent. Its evaluations and its data set are those that its ablation
   * waited for; one that two experiments share counts in both.
   *
   * @param gpuSeconds of jobs that ended well
   * @param wallSeconds since it was submitted first; 0 where it has no row
   * @param tokens of sampled completions, also of those that were never trained on
   * @param storageBytes of checkpoints that are not pruned
   * @param infraFailures failed attempts by origin of their failure
   * @param extended what operators added, by budget
   */
  record Spending(
      double gpuSeconds,
      double wallSeconds,
      long tokens,
      long storageBytes,
      long infraFailures,
      long dataFailures,
      Map<String, Long> extended) {
    public Spending {
      extended = Map.copyOf(extended);
    }
  }

  /** Notes a job; a repeat changes nothing. */
  void note(Job job);

  Spending of(String experiment);
}
