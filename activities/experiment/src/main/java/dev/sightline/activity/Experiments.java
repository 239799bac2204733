package dev.sightline.activity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.Catalogs;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.SpecDigest;
import dev.sightline.spec.SpecReader;
import dev.sightline.spec.SpecResult;
import dev.sightline.spec.SpecWriter;
import dev.sightline.spec.Trainable;
import dev.sightline.storage.ExperimentStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Experiments as they were admitted. */
public final class Experiments {
  private static final SpecReader CHECKED = new SpecReader(Catalog.ALL);
  // What is stored was checked when it was admitted; a newer catalog must not refuse it.
  private static final SpecReader STORED = new SpecReader(Catalogs.NONE);

  /** Of as many experiments as one worker may well have at work. */
  private static final int KEPT = 16;

  private final ExperimentStore store;
  private final Map<String, Parsed> parsed =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Parsed> eldest) {
          return size() > KEPT;
        }
      };

  /** A row's trees and what they say; operations of an experiment may change. */
  private record Parsed(JsonNode spec, JsonNode operations, ExperimentSpec says) {}

  public Experiments(ExperimentStore store) {
    this.store = store;
  }

  /**
   * Stores a checked experiment by its digest.
   *
   * @throws SightlineException INVALID_SPEC with every problem
   */
  public ExperimentStore.Submission admit(Map<String, ?> tree) {
    ExperimentSpec spec = resolve(CHECKED.readTree(tree));
    List<String> missing = Trainable.missing(spec);
    if (!missing.isEmpty()) {
      throw new SightlineException(FailureType.INVALID_SPEC, String.join("\n", missing));
    }
    Map<String, Object> whole = new LinkedHashMap<>(SpecWriter.tree(spec));
    Object operations = whole.remove("operations");
    return store.submit(
        new ExperimentStore.NewExperiment(
            SpecDigest.experimentId(spec),
            spec.name(),
            SpecDigest.of(spec),
            Trees.node(whole),
            Trees.node(operations == null ? Map.of() : operations)));
  }

  /**
   * @throws SightlineException UNKNOWN_TARGET
   */
  public ExperimentSpec load(String id) {
    ExperimentStore.Experiment row = row(id);
    synchronized (parsed) {
      Parsed known = parsed.get(id);
      if (known != null
          && known.spec().equals(row.spec())
          && known.operations().equals(row.operations())) {
        return known.says();
      }
    }
    Map<String, Object> tree = Trees.map(row.spec());
    tree.put("operations", Trees.map(row.operations()));
    ExperimentSpec says = resolve(STORED.readTree(tree));
    synchronized (parsed) {
      parsed.put(id, new Parsed(row.spec(), row.operations(), says));
    }
    return says;
  }

  public ExperimentStore.Experiment row(String id) {
    return store
        .find(id)
        .orElseThrow(
            () ->
                new SightlineException(
                    FailureType.UNKNOWN_TARGET,
                    "there is no experiment " + id + "; `sightline status` lists those there are"));
  }

  public static ExperimentSpec resolve(SpecResult result) {
    return switch (result) {
      case SpecResult.Valid valid -> valid.spec();
      case SpecResult.Invalid invalid ->
          throw new SightlineException(FailureType.INVALID_SPEC, invalid.text());
    };
  }

  /** Digest of the experiment's data set. */
  public static Digest datasetDigest(ExperimentSpec spec) {
    return SpecDigest.dataset(spec, Catalog.version(spec));
  }
}
