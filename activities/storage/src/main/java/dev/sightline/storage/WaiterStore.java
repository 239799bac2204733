package dev.sightline.storage;

import java.util.List;

/**
 * Which workflows wait for the end of another. Rows are small and stay: telling twice is harmless.
 */
public interface WaiterStore {
  /** Remembers that {@code waiter} wants to be told when {@code workflowId} has ended. */
  void add(String workflowId, String waiter);

  /** Those that wait for a workflow, sorted. */
  List<String> waiters(String workflowId);
}
