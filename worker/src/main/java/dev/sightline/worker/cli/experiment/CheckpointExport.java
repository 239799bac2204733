package dev.sightline.worker.cli.experiment;

import dev.sightline.activity.Experiments;
import dev.sightline.activity.policy.OpenRequests;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import dev.sightline.triton.policy.ExportRequest;
import dev.sightline.triton.policy.ExportRequest.Layout;
import dev.sightline.triton.policy.ExportResult;
import dev.sightline.triton.policy.JobStatus;
import dev.sightline.triton.policy.JobSubmission;
import dev.sightline.triton.policy.OpenRequest;
import dev.sightline.triton.policy.PolicyCall;
import dev.sightline.triton.policy.PolicyClient;
import dev.sightline.triton.policy.PolicyJobs;
import dev.sightline.triton.policy.PolicyOpening;
import dev.sightline.triton.policy.PollSchedule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Has the policy server write a checkpoint as a folder that other programs load. It is opened as
 * the base of a run of its own, beside what the server does; no state of an experiment is touched.
 */
public final class CheckpointExport {
  // One step of a job, such as the write of a model's weights, may take long.
  private static final Duration STUCK_AFTER = Duration.ofMinutes(30);
  private static final int PIECE = 1 << 20;

  /**
   * What was written.
   *
   * @param run workflow id of the run that the checkpoint is of
   * @param files SHA-256 by path inside the folder
   * @param bytes of all files; 0 when they are not at hand
   * @param verified whether the files are at hand and have the server's digests; false when the
   *     server is on a machine whose folders this one does not see
   */
  public record Exported(
      String run,
      Digest checkpoint,
      int step,
      Path folder,
      Map<String, String> files,
      long bytes,
      boolean verified) {}

  private final Stores stores;
  private final PolicyClient policy;
  private final Consumer<String> words;

  /**
   * @param words told why the server does not begin at once, and other news
   */
  public CheckpointExport(Stores stores, PolicyClient policy, Consumer<String> words) {
    this.stores = stores;
    this.policy = policy;
    this.words = words;
  }

  /**
   * @param name a run or a checkpoint
   * @param folder absolute; must not exist
   * @throws SightlineException UNKNOWN_TARGET, INVALID_REQUEST, CHECKPOINT_PRUNED before anything
   *     is asked of the server; STORE_CONFLICT when a written file has another digest than the
   *     server says; or as the server does
   */
  public Exported export(String name, Layout layout, Path folder) {
    ExportSource source = ExportSource.find(stores, name);
    ExperimentSpec spec = new Experiments(stores.experiments()).load(source.run().experiment());
    requireAdapter(source, spec, layout);
    if (Files.exists(folder)) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, folder + " exists already; name another folder");
    }
    Digest checkpoint = source.checkpoint().id();
    OpenRequest request =
        OpenRequests.of(spec, checkpoint, Digest.ofText("export of " + checkpoint.hex()));
    // A run id of its own for each export, so no other's fencing token stands against this one.
    String id = "export/" + checkpoint.shortForm() + "/" + UUID.randomUUID();
    ExportResult result = write(new PolicyCall(id, 1, null), request, layout, folder);
    boolean here = Files.isDirectory(folder);
    return new Exported(
        "run/" + source.run().id(),
        checkpoint,
        source.checkpoint().step(),
        folder,
        result.files(),
        here ? verify(folder, result.files()) : 0,
        here);
  }

  private static void requireAdapter(ExportSource source, ExperimentSpec spec, Layout layout) {
    boolean adapter = spec.policy().lora() != null && source.run().phase() == RunStore.Phase.ARM;
    if (layout == Layout.ADAPTER && !adapter) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          "run/%s trains whole weights and has no adapter; use --layout huggingface"
              .formatted(source.run().id()));
    }
  }

  private ExportResult write(PolicyCall call, OpenRequest request, Layout layout, Path folder) {
    PollSchedule schedule = PollSchedule.standard(STUCK_AFTER);
    // The server keeps a run until it is closed, and its weights with it.
    Thread interrupted = new Thread(() -> close(call), "close-export");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      Waiting waiting = new Waiting();
      PolicyOpening.open(policy, call, request, schedule, waiting::look);
      JobSubmission job =
          JobSubmission.of(call, "export", new ExportRequest(folder.toString(), layout), null);
      return ExportResult.read(PolicyJobs.run(policy, job, schedule, waiting::look));
    } finally {
      Runtime.getRuntime().removeShutdownHook(interrupted);
      close(call);
    }
  }

  /** What was written stands also where the server went away just then; its end frees the rest. */
  private void close(PolicyCall call) {
    try {
      policy.close(call);
    } catch (SightlineException away) {
      words.accept("the policy server still holds " + call.run() + ": " + away.getMessage());
    }
  }

  /** Says each reason for a wait once. */
  private final class Waiting {
    private String said = "";

    void look(JobStatus status) {
      String reason = status.reason() == null ? "" : status.reason();
      if (!reason.isEmpty() && !reason.equals(said)) {
        words.accept(reason);
      }
      said = reason;
    }
  }

  /** Returns the bytes of all files. */
  private static long verify(Path folder, Map<String, String> files) {
    long bytes = 0;
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      try {
        if (!sha256(path).equals(file.getValue())) {
          throw new SightlineException(
              FailureType.STORE_CONFLICT,
              path
                  + " does not have the digest that the server wrote; delete the folder and export"
                  + " again");
        }
        bytes += Files.size(path);
      } catch (IOException e) {
        throw new UncheckedIOException(path + " cannot be read", e);
      }
    }
    return bytes;
  }

  private static String sha256(Path path) throws IOException {
    MessageDigest digest = Digest.sha256();
    byte[] piece = new byte[PIECE];
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
      while (in.read(piece) >= 0) {
        // Reading is all.
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
