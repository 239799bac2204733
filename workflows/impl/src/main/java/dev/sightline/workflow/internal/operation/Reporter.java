package dev.sightline.workflow.internal.operation;

import dev.sightline.workflow.AuditEntry;
import dev.sightline.workflow.activity.StateRecord;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Writes a workflow's state and audit outbox to PostgreSQL, in order, beside the work and never
 * instead of it: a command's audit row does not wait for the end of a training step.
 */
final class Reporter {
  private static final long DETAILS_EVERY_MILLIS = 60_000;

  private final Logger logger = Workflow.getLogger(Reporter.class);
  private final List<AuditEntry> outbox;
  private @Nullable Promise<Void> loop;
  private boolean dirty;
  private boolean working;
  private boolean changed;
  private long detailsAt;
  private String details;

  Reporter(List<AuditEntry> outbox, long detailsAt, @Nullable String details) {
    this.outbox = new ArrayList<>(outbox);
    this.dirty = !outbox.isEmpty();
    this.detailsAt = detailsAt;
    this.details = details == null ? "" : details;
  }

  /**
   * Starts to write; before that the experiment has no row to belong to.
   *
   * @param state the state of that moment, with the audit rows to write
   * @param shown called when the details have changed
   */
  void start(String experiment, Supplier<StateRecord> state, Runnable shown) {
    if (loop != null) {
      return;
    }
    Workflow.newDetachedCancellationScope(
            () -> loop = Async.procedure(() -> loop(experiment, state, shown)))
        .run();
  }

  void audit(AuditEntry entry) {
    outbox.add(entry);
    dirty = true;
  }

  /** Notes that the state should be written; people's details follow a change of state or round. */
  void touch() {
    dirty = true;
    changed = true;
  }

  boolean started() {
    return loop != null;
  }

  /** Whether everything is written. */
  boolean settled() {
    return loop == null || (!dirty && !working);
  }

  List<AuditEntry> outbox() {
    return List.copyOf(outbox);
  }

  String details() {
    return details;
  }

  long detailsAt() {
    return detailsAt;
  }

  private void loop(String experiment, Supplier<StateRecord> state, Runnable shown) {
    while (true) {
      Workflow.await(() -> dirty);
      dirty = false;
      working = true;
      write(state.get());
      if (changed && Workflow.currentTimeMillis() - detailsAt >= DETAILS_EVERY_MILLIS) {
        refresh(experiment, shown);
      }
      working = false;
    }
  }

  private void write(StateRecord record) {
    try {
      ActivityStubs.tell("state " + record.state().label()).record(record);
      outbox.subList(0, record.audit().size()).clear();
    } catch (ActivityFailure failure) {
      logger.warn("state not recorded, stays for the next change", failure);
    }
  }

  /** Reads people's details now. */
  void refresh(String experiment, Runnable shown) {
    changed = false;
    detailsAt = Workflow.currentTimeMillis();
    try {
      String read = ActivityStubs.glance("details for the UI").details(experiment);
      details = read == null ? "" : read;
      shown.run();
    } catch (ActivityFailure failure) {
      logger.warn("details not read", failure);
    }
  }
}
