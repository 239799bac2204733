package dev.sightline.worker.cli.experiment;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.worker.cli.view.ExperimentView;
import dev.sightline.worker.cli.view.TimeLeft;
import dev.sightline.worker.cli.view.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows one experiment to its end. PostgreSQL may be away for any time, the supervisor may die:
 * both are said once and waited out.
 */
public final class Watcher {
  // Each look costs the machine that trains some milliseconds.
  private static final double PAUSE_SECONDS = 2;
  private static final double LOOK_EVERY_SECONDS = 5;
  // An operator's command, or a retry by itself, takes a moment to show in the rows.
  private static final double WAITING_SECONDS = 6;
  // A workflow writes its last row shortly before it ends.
  private static final int ENDED_LOOKS = 3;

  private final Supplier<Optional<ExperimentView>> reader;
  private final Supplier<Optional<String>> ended;
  private final Supplier<List<String>> waiting;
  private final Supplier<StackGuard.Look> guard;
  private final Display display;
  private final Time time;

  /** A clock that only goes forward, and a way to wait. */
  public interface Time {
    double seconds();

    /**
     * @return false when the thread was interrupted
     */
    boolean pause(double seconds);

    /** The machine's. */
    static Time system() {
      return new Time() {
        @Override
        public double seconds() {
          return System.nanoTime() / 1e9;
        }

        @Override
        public boolean pause(double seconds) {
          try {
            Thread.sleep((long) (1000 * seconds));
            return true;
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
          }
        }
      };
    }
  }

  /** How watching ended. */
  public enum End {
    COMPLETED,
    FAILED,
    WAITING_FOR_OPERATOR,
    INTERRUPTED
  }

  /**
   * @param message why, in one line; empty when it completed
   * @param view the last one seen, null when there was none
   */
  public record Ending(End end, String message, @Nullable ExperimentView view) {}

  /**
   * @param reader the experiment's rows, empty before it was admitted
   * @param ended why the workflow is over although no row says so; empty while it runs or when that
   *     cannot be told
   * @param waiting what else waits for an operator, of which no row tells: data sets, evaluations
   * @param guard looks after the stack
   */
  public Watcher(
      Supplier<Optional<ExperimentView>> reader,
      Supplier<Optional<String>> ended,
      Supplier<List<String>> waiting,
      Supplier<StackGuard.Look> guard,
      Display display,
      Time time) {
    this.reader = reader;
    this.ended = ended;
    this.waiting = waiting;
    this.guard = guard;
    this.display = display;
    this.time = time;
  }

  /** Returns when the experiment has ended, or waits for an operator. */
  public Ending watch() {
    TimeLeft timeLeft = new TimeLeft();
    double start = time.seconds();
    double lookAt = Double.NEGATIVE_INFINITY;
    double waitingSince = Double.NaN;
    boolean away = false;
    int endedLooks = 0;
    List<String> unseen = List.of();
    @Nullable ExperimentView last = null;
    while (true) {
      double now = time.seconds() - start;
      try {
        Optional<ExperimentView> view = reader.get();
        if (away) {
          display.say("PostgreSQL answers again");
          away = false;
        }
        if (view.isPresent()) {
          last = view.get();
          if (!last.stages().isEmpty()) {
            timeLeft.observe(now, last.estimatedLeft());
          }
          display.show(last, last.stages().isEmpty() ? "" : timeLeft.words(), now);
          // A row that says "failed" may be of an earlier try, which was submitted again just now.
          if (last.state() == ExperimentStore.State.COMPLETED
              || last.over() && ended.get().isPresent()) {
            return over(last);
          }
          List<String> waits = last.waiting().isEmpty() ? unseen : last.waiting();
          waitingSince =
              waits.isEmpty() ? Double.NaN : Double.isNaN(waitingSince) ? now : waitingSince;
          if (now - waitingSince >= WAITING_SECONDS) {
            return new Ending(End.WAITING_FOR_OPERATOR, String.join("; ", waits), last);
          }
        }
      } catch (SightlineException failure) {
        if (failure.type() != FailureType.STORE_UNAVAILABLE) {
          throw failure;
        }
        if (!away) {
          display.say("PostgreSQL does not answer; waiting for it");
          away = true;
        }
      }
      switch (guard.get()) {
        case StackGuard.Well well -> {}
        case StackGuard.Mended mended -> display.say(mended.what());
        case StackGuard.Gone gone -> {
          return new Ending(
              End.FAILED, "the stack was stopped; `deploy/sightline up` and watch again", last);
        }
      }
      if (!away && now - lookAt >= LOOK_EVERY_SECONDS) {
        lookAt = now;
        unseen = waiting.get();
        Optional<String> why = ended.get();
        endedLooks = why.isPresent() ? endedLooks + 1 : 0;
        if (endedLooks >= ENDED_LOOKS) {
          return new Ending(End.FAILED, why.get(), last);
        }
      }
      if (!time.pause(PAUSE_SECONDS)) {
        return new Ending(End.INTERRUPTED, "interrupted", last);
      }
    }
  }

  private static Ending over(ExperimentView view) {
    if (view.state() == ExperimentStore.State.COMPLETED) {
      return new Ending(End.COMPLETED, "", view);
    }
    String reason = view.reason();
    return new Ending(
        End.FAILED,
        view.id() + " ended as " + Words.of(view.state()) + (reason == null ? "" : ": " + reason),
        view);
  }
}
