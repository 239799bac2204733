package dev.sightline.dataset.generation;

import dev.sightline.dataset.Json;
import dev.sightline.dataset.Progress;
import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.folder.FolderFiles;
import dev.sightline.dataset.folder.FolderWriter;
import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.dataset.AssemblyOutcome;
import dev.sightline.puzzle.dataset.ChoiceStep;
import dev.sightline.puzzle.dataset.DatasetAssembler;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetManifest;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.ManifestBuilder;
import dev.sightline.puzzle.dataset.PortionOutcome;
import dev.sightline.puzzle.dataset.Shard;
import dev.sightline.puzzle.dataset.ShardLayout;
import dev.sightline.puzzle.dataset.ShardTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a data set in this process, into a folder. Finished shards stay when the process is killed,
 * so that the same call goes on; the manifest is the same however often that happens.
 */
public final class LocalGeneration {
  private final DatasetPlan plan;
  private final Path root;
  private final Path making;
  private final int threads;
  private final Progress progress;
  private final AtomicLong done = new AtomicLong();
  private long total;

  private LocalGeneration(DatasetPlan plan, Path root, int threads, Progress progress) {
    this.plan = plan;
    this.root = root;
    this.making = root.resolve(FolderFiles.MAKING);
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * What was made.
   *
   * @param shardsMade by this call; the others were there already
   */
  public record Made(DatasetManifest manifest, int shards, int shardsMade) {}

  /**
   * Makes the data set, goes on with it, or finds it finished.
   *
   * @param root a folder that is not there, is empty, or holds this data set, finished or not
   * @throws SightlineException INVALID_SPEC for a wrong plan, SPACE_EXHAUSTED for one that asks for
   *     too much, INVALID_REQUEST where the folder holds something else or another process is at it
   */
  public static Made run(DatasetPlan plan, Path root, int threads, Progress progress) {
    DatasetAssembler.check(plan)
        .ifPresent(
            problem -> {
              throw new SightlineException(FailureType.INVALID_SPEC, "data set: " + problem);
            });
    return new LocalGeneration(plan, root.toAbsolutePath().normalize(), threads, progress).run();
  }

  private Made run() {
    try {
      if (Files.exists(root.resolve("folder.json"))) {
        return finished();
      }
      checkFolder();
      Files.createDirectories(making);
      try (FileChannel lock =
              FileChannel.open(
                  making.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = lock(lock)) {
        if (!held.isValid()) {
          throw new IOException("lost the lock of " + root);
        }
        FolderFiles.write(making.resolve("plan.json"), planBytes());
        return make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(root + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private byte[] planBytes() {
    return CanonicalJson.bytes(
        java.util.Map.of("plan", plan.toMap(), "digest", plan.digest().hex()));
  }

  private Made finished() {
    DatasetFolder folder = DatasetFolder.open(root);
    DatasetManifest manifest =
        folder
            .manifest()
            .filter(known -> known.plan().digest().equals(plan.digest()))
            .orElseThrow(
                () ->
                    new SightlineException(
                        FailureType.INVALID_REQUEST,
                        root + ": holds another data set; name a new folder"));
    return new Made(manifest, 0, 0);
  }

  /** Only an empty folder, or this very plan half made, may be written to. */
  private void checkFolder() throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    if (!Files.isDirectory(root)) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, root + ": is a file; name a folder to make");
    }
    Path planFile = making.resolve("plan.json");
    if (Files.exists(planFile)) {
      if (!java.util.Arrays.equals(Files.readAllBytes(planFile), planBytes())) {
        throw new SightlineException(
            FailureType.INVALID_REQUEST,
            root
                + ": holds an unfinished data set of another plan; give its plan to finish it, or"
                + " name a new folder");
      }
      return;
    }
    try (Stream<Path> inside = Files.list(root)) {
      if (inside.anyMatch(path -> !path.equals(making))) {
        throw new SightlineException(
            FailureType.INVALID_REQUEST,
            root + ": is not empty and holds no data set of ours; name a new folder");
      }
    }
  }

  private FileLock lock(FileChannel channel) throws IOException {
    FileLock held = null;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process: the same answer as another process.
    }
    if (held == null) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          root + ": another process is making a data set here; wait for it");
    }
    return held;
  }

  private Made make() throws IOException {
    ShardLayout layout = layout();
    int made = 0;
    while (true) {
      made += makeShards(layout);
      ChoiceStep choices = new ChoiceStep(plan);
      AssemblyOutcome outcome = assemble("choosing items", layout, choices::add);
      switch (outcome) {
        case AssemblyOutcome.Short(ShardLayout longer) -> layout = longer;
        case AssemblyOutcome.Complete(List<PortionOutcome> portions) -> {
          return new Made(write(layout, choices, portions), layout.tasks().size(), made);
        }
      }
    }
  }

  private ShardLayout layout() {
    try {
      return DatasetAssembler.layout(plan);
    } catch (InvalidConfigException e) {
      throw new SightlineException(FailureType.INVALID_SPEC, "data set: " + e.getMessage(), e);
    }
  }

  private DatasetManifest write(
      ShardLayout layout, ChoiceStep choices, List<PortionOutcome> portions) {
    ManifestBuilder builder = new ManifestBuilder(plan);
    try (FolderWriter writer = new FolderWriter(root, !plan.imageSize().none(), plan.imageSize())) {
      AssemblyOutcome again =
          assemble(
              "writing items",
              layout,
              item -> {
                DatasetItem complete = choices.finish(item);
                builder.add(complete);
                writer.add(complete);
              });
      if (!(again instanceof AssemblyOutcome.Complete)) {
        throw new IllegalStateException("the same shards gave fewer items the second time");
      }
      progress.report("measuring baselines", 0, 0);
      DatasetManifest manifest = builder.build(portions);
      writer.finish(manifest.bytes());
      return manifest;
    }
  }

  private AssemblyOutcome assemble(String stage, ShardLayout layout, Consumer<DatasetItem> sink) {
    AtomicLong items = new AtomicLong();
    long count = plan.counts().total();
    return DatasetAssembler.assemble(
        plan,
        layout,
        index -> shard(layout, index),
        item -> {
          sink.accept(item);
          progress.report(stage, items.incrementAndGet(), count);
        });
  }

  /** Makes the shards that are not there, all threads at once; how many those were. */
  private int makeShards(ShardLayout layout) throws IOException {
    List<Integer> missing = new ArrayList<>();
    total = 0;
    done.set(0);
    for (int index = 0; index < layout.tasks().size(); index++) {
      ShardTask task = layout.tasks().get(index);
      total += task.count();
      if (Files.exists(file(index))) {
        done.addAndGet(task.count());
      } else {
        missing.add(index);
      }
    }
    ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, threads));
    List<Future<?>> tasks = new ArrayList<>();
    try {
      for (int index : missing) {
        tasks.add(workers.submit(() -> writeShard(layout, index)));
      }
      for (Future<?> task : tasks) {
        await(task);
      }
    } finally {
      workers.shutdownNow();
    }
    return missing.size();
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SightlineException(
          FailureType.ABORTED, "interrupted; run again with the same options to go on", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException("a shard could not be made", e.getCause());
    }
  }

  private Shard writeShard(ShardLayout layout, int index) {
    try {
      Shard shard =
          DatasetAssembler.generate(
              plan,
              layout,
              index,
              ignored -> progress.report("making items", done.incrementAndGet(), total),
              (digest, png) -> {
                try {
                  FolderFiles.writePicture(root, digest, png);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      FolderFiles.write(file(index), CanonicalJson.bytes(shard.toMap()));
      return shard;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A shard's file; one that does not read (a disk that was full, a crash) is made again. */
  private Shard shard(ShardLayout layout, int index) {
    @Nullable Shard shard = null;
    try {
      shard = Shard.fromMap(Json.object(Files.readString(file(index), StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      shard = null;
    }
    boolean whole =
        shard != null
            && shard.index() == index
            && shard.candidates().size() == layout.tasks().get(index).count();
    return whole && shard != null ? shard : writeShard(layout, index);
  }

  private Path file(int index) {
    return making.resolve("shards").resolve("shard-" + index + ".json");
  }
}
