package dev.sightline.worker.stack;

import java.util.List;
import java.util.Map;

/**
 * What the supervisor knows.
 *
 * @param supervisor its process
 * @param owner who started the stack: "up" or "quickstart"
 * @param build digest of the build that runs
 * @param parts one entry a part, in a fixed order
 * @param ports loopback ports by purpose
 */
public record StackStatus(
    ProcessIdentity supervisor,
    StackOwner owner,
    String build,
    List<Part> parts,
    Map<String, Integer> ports) {
  /** What a part is doing. */
  public enum State {
    WAITING,
    STARTING,
    READY,
    UNHEALTHY,
    BACKING_OFF,
    STOPPED
  }

  /**
   * One part.
   *
   * @param name which
   * @param state what it does
   * @param pid its process, 0 when none
   * @param restarts how often it was started again after it had ended by itself
   * @param failures starts in a row that never became ready
   * @param readyAfterMillis how long the last start took, -1 before it is ready
   * @param adopted whether it outlived an earlier supervisor
   * @param problem one sentence, empty when well
   */
  public record Part(
      PartName name,
      State state,
      long pid,
      int restarts,
      int failures,
      long readyAfterMillis,
      boolean adopted,
      String problem) {}

  public StackStatus {
    parts = List.copyOf(parts);
    ports = Map.copyOf(ports);
  }

  public boolean ready() {
    return parts.stream().allMatch(part -> part.state() == State.READY);
  }

  public Part part(PartName name) {
    return parts.stream()
        .filter(part -> part.name() == name)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name.label() + " is not in this stack"));
  }
}
