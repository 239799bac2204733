package dev.sightline.worker.cli.experiment;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.CheckpointStore.Checkpoint;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A checkpoint to export, and the run that it is of. */
record ExportSource(RunStore.Run run, Checkpoint checkpoint) {
  /** Begins a workflow's id; the run's own is what follows. */
  private static final String RUN = "run/";

  private static final Pattern CHECKPOINT = Pattern.compile("[0-9a-f]{64}");

  /**
   * @param name a checkpoint's id; or a run's, which stands for the checkpoint that it ended with,
   *     or else the newest on its live path
   * @throws SightlineException UNKNOWN_TARGET, CHECKPOINT_PRUNED; INVALID_REQUEST when the name is
   *     neither
   */
  static ExportSource find(Stores stores, String name) {
    if (CHECKPOINT.matcher(name).matches()) {
      Checkpoint checkpoint =
          stores
              .checkpoints()
              .find(new Digest(name))
              .orElseThrow(() -> unknown("there is no checkpoint " + name + "; name its run"));
      return new ExportSource(run(stores, checkpoint.run()), kept(stores, checkpoint));
    }
    if (!name.startsWith(RUN)) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          name
              + " is neither a run nor a checkpoint; name run/<experiment>/<arm>/<seed> or a"
              + " checkpoint's 64 hex digits");
    }
    RunStore.Run run = run(stores, name.substring(RUN.length()));
    Digest last = run.finalCheckpoint();
    Checkpoint checkpoint =
        last == null ? newest(stores, run) : stores.checkpoints().find(last).orElseThrow();
    return new ExportSource(run, kept(stores, checkpoint));
  }

  private static RunStore.Run run(Stores stores, String id) {
    return stores
        .runs()
        .find(id)
        .orElseThrow(
            () ->
                unknown(
                    "there is no run "
                        + RUN
                        + id
                        + "; `sightline status ID` lists an experiment's"));
  }

  private static Checkpoint newest(Stores stores, RunStore.Run run) {
    if (run.baseLineage() == null) {
      throw noneYet(run);
    }
    return stores
        .checkpoints()
        .nearest(run.id(), stores.runs().head(run.id()).lineage())
        .orElseThrow(() -> noneYet(run));
  }

  private static SightlineException noneYet(RunStore.Run run) {
    return unknown(
        "%s (%s) has no checkpoint yet; ask again when it has ended a round"
            .formatted(RUN + run.id(), run.state()));
  }

  private static Checkpoint kept(Stores stores, Checkpoint checkpoint) {
    if (!checkpoint.pruned()) {
      return checkpoint;
    }
    List<Checkpoint> others =
        stores.checkpoints().list(checkpoint.run()).stream()
            .filter(other -> !other.pruned())
            .toList();
    String left =
        others.isEmpty()
            ? "its run has none left"
            : others.stream()
                .map(other -> "%s (step %d)".formatted(other.id(), other.step()))
                .collect(Collectors.joining(", ", "there still are ", ""));
    throw new SightlineException(
        FailureType.CHECKPOINT_PRUNED,
        "checkpoint %s of step %d was pruned; %s"
            .formatted(checkpoint.id(), checkpoint.step(), left));
  }

  private static SightlineException unknown(String message) {
    return new SightlineException(FailureType.UNKNOWN_TARGET, message);
  }
}
