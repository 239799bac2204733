package dev.sightline.activity.policy;

import dev.sightline.activity.Waits;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.CheckpointStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.StepIdentity;
import dev.sightline.storage.StepLedger;
import dev.sightline.storage.Stores;
import dev.sightline.triton.policy.JobKind;
import dev.sightline.triton.policy.OpenRequest;
import dev.sightline.triton.policy.OpenedRun;
import dev.sightline.triton.policy.ResetRequest;
import dev.sightline.triton.policy.RestoreRequest;
import dev.sightline.triton.policy.ServerState;
import dev.sightline.triton.policy.Standstill;
import dev.sightline.triton.policy.StateResult;
import dev.sightline.triton.policy.StepResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a run's policy to a lineage: opens it, goes back to the nearest checkpoint where it must,
 * and replays the stored batches after it. Every replayed step must reach the lineage and the state
 * digest that the ledger has.
 */
public final class PolicyKeeper {
  private static final Duration WAIT = Duration.ofMillis(100);

  private final PolicyServers servers;
  private final Stores stores;
  private final StepBatches batches;

  public PolicyKeeper(PolicyServers servers, Stores stores, StepBatches batches) {
    this.batches = batches;
    this.servers = servers;
    this.stores = stores;
  }

  /**
   * @param target where the policy must stand; empty for the run's base
   * @param request what the run is opened with
   * @param lost what to do when the nearest checkpoint's files are missing or broken
   * @return the lineage reached
   * @throws SightlineException CHECKPOINT_MISSING or CHECKPOINT_CORRUPT, which say from where a
   *     retry goes on; STATE_DIVERGED when a replay does not reach what the ledger has
   */
  public Digest bringTo(
      PolicySession session,
      RunStore.Run run,
      OpenRequest request,
      Optional<Digest> target,
      LostCheckpoint lost) {
    ServerState server = idle(session);
    OpenedRun opened = session.open(request);
    RunStore.Run known = recordBase(session, run, opened);
    Digest base = known.baseLineage() == null ? opened.lineage() : known.baseLineage();
    Digest wanted = target.orElse(base);
    Digest now =
        server.openRun(run.id()).map(ServerState.OpenRun::lineage).orElse(opened.lineage());
    if (now.equals(wanted)) {
      return wanted;
    }
    Digest from = start(session, run.id(), base, wanted, now, lost);
    int replayed = replay(session, run.id(), from, wanted);
    stores.interruptions().returned(run.id(), session.token(), wanted, !from.equals(now), replayed);
    return wanted;
  }

  /** A job of an earlier attempt may still run; its effect decides what is to be done. */
  private ServerState idle(PolicySession session) {
    Standstill standstill = new Standstill(PolicyServers.STUCK_AFTER);
    while (true) {
      ServerState server = servers.healthy(session.server().name());
      ServerState.RunningJob running = server.running();
      if (running == null || !running.run().equals(session.call().run())) {
        return server;
      }
      session.alive("waiting for " + running.key());
      if (standstill.look(Standstill.Mark.of(running), System.nanoTime()).isPresent()) {
        session.server().reloadStuck(server.incarnation());
        continue;
      }
      Waits.pause(WAIT, running.key());
    }
  }

  private RunStore.Run recordBase(PolicySession session, RunStore.Run run, OpenedRun opened) {
    // An open run answers where it stands; while no base is recorded, no step can have been
    // planned.
    return opened.alreadyOpen() && run.baseLineage() != null
        ? run
        : stores
            .runs()
            .recordBase(run.id(), opened.lineage(), opened.baseStateDigest(), session.token());
  }

  /**
   * Where the replay starts: where the policy is, when that lies on the way; else a checkpoint or
   * the base.
   */
  private Digest start(
      PolicySession session,
      String run,
      Digest base,
      Digest wanted,
      Digest now,
      LostCheckpoint lost) {
    List<StepLedger.Step> path = path(run, base, wanted);
    int at = position(path, base, now);
    boolean mayGiveUp = lost == LostCheckpoint.GIVE_UP;
    while (true) {
      Optional<CheckpointStore.Checkpoint> nearest =
          wanted.equals(base) ? Optional.empty() : stores.checkpoints().nearest(run, wanted);
      int saved = nearest.map(found -> position(path, base, found.lineage())).orElse(0);
      if (at >= saved && at >= 0) {
        return now;
      }
      if (nearest.isEmpty()) {
        return reset(session, base);
      }
      try {
        return restore(session, nearest.get());
      } catch (SightlineException e) {
        if (e.type() != FailureType.CHECKPOINT_MISSING
            && e.type() != FailureType.CHECKPOINT_CORRUPT) {
          throw e;
        }
        if (!mayGiveUp) {
          throw lost(e, nearest.get(), run);
        }
        // One for each time that somebody said so: a second lost one is asked about again.
        mayGiveUp = false;
        stores.checkpoints().giveUp(run, nearest.get().id(), session.token());
        session.alive("gave up checkpoint " + nearest.get().id().shortForm());
      }
    }
  }

  private Digest reset(PolicySession session, Digest base) {
    StateResult reset =
        StateResult.read(session.run("reset/" + session.token(), new ResetRequest(), null));
    if (!reset.lineage().equals(base)) {
      throw diverged("reset", base, reset.lineage());
    }
    return base;
  }

  private SightlineException lost(
      SightlineException why, CheckpointStore.Checkpoint checkpoint, String run) {
    int older =
        stores.checkpoints().list(run).stream()
            .filter(other -> !other.pruned() && other.step() < checkpoint.step())
            .mapToInt(CheckpointStore.Checkpoint::step)
            .max()
            .orElse(0);
    return new SightlineException(
        why.type(),
        "the checkpoint of step %d is lost (%s). Put its files back, or retry to do without it: the stored steps after step %d are then made again"
            .formatted(checkpoint.step(), why.getMessage(), older),
        why);
  }

  private Digest restore(PolicySession session, CheckpointStore.Checkpoint checkpoint) {
    StateResult restored =
        StateResult.read(
            session.run(
                "restore/" + checkpoint.id().shortForm() + "/" + session.token(),
                new RestoreRequest(checkpoint.id()),
                null));
    if (!restored.stateDigest().equals(checkpoint.stateDigest())) {
      throw diverged("restore", checkpoint.stateDigest(), restored.stateDigest());
    }
    return restored.lineage();
  }

  /** How many steps it made again. */
  private int replay(PolicySession session, String run, Digest from, Digest wanted) {
    if (from.equals(wanted)) {
      return 0;
    }
    List<StepLedger.Step> steps = stores.steps().liveSteps(run, from, wanted);
    for (StepLedger.Step step : steps) {
      byte[] payload = batches.of(step, () -> session);
      JobKind kind = step.rolloutDigest() == null ? JobKind.FIT : JobKind.TRAIN;
      StepResult result =
          StepResult.read(
              session.runStored(key(step.identity()), kind, payload, step.parentLineage()));
      if (!result.lineage().equals(step.lineage())) {
        throw diverged("replay of " + step.identity(), step.lineage(), result.lineage());
      }
      if (step.stateDigest() != null && !result.stateDigest().equals(step.stateDigest())) {
        throw diverged("replay of " + step.identity(), step.stateDigest(), result.stateDigest());
      }
    }
    return steps.size();
  }

  /** The job key of a step; the server tells a stale result from a true one by the run's chain. */
  public static String key(StepIdentity identity) {
    return "step/" + identity.branch() + "/" + identity.round() + "/" + identity.step();
  }

  private List<StepLedger.Step> path(String run, Digest base, Digest wanted) {
    return wanted.equals(base) ? List.of() : stores.steps().liveSteps(run, base, wanted);
  }

  /** Steps from the base to a lineage of the path; -1 when it is not on the path. */
  private static int position(List<StepLedger.Step> path, Digest base, Digest lineage) {
    if (lineage.equals(base)) {
      return 0;
    }
    for (int i = 0; i < path.size(); i++) {
      if (lineage.equals(path.get(i).lineage())) {
        return i + 1;
      }
    }
    return -1;
  }

  private static SightlineException diverged(String what, @Nullable Digest expected, Digest found) {
    return new SightlineException(
        FailureType.STATE_DIVERGED,
        "%s gave %s where the ledger has %s: the numeric environment has changed; go on in the old one or start the run anew"
            .formatted(what, found.shortForm(), expected == null ? "none" : expected.shortForm()));
  }
}
