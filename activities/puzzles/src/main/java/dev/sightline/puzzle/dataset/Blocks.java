package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Scene;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A listed space cut into blocks of canonical forms, in the order of a hash of seed and form: test,
 * dev, then the rest for training, whose scenes are ordered by a hash of seed and scene.
 */
final class Blocks {
  /**
   * The shards of one plan are usually made one after the other; ordering a space takes seconds.
   */
  private static final AtomicReference<@Nullable Blocks> LATEST = new AtomicReference<>();

  private final List<List<Scene>> heldForms;
  private final List<Scene> trainScenes;
  private final DatasetPlan plan;

  private record Keyed(Digest order, Scene scene) {}

  static Blocks of(DatasetPlan plan, ConfiguredFamily family) {
    Blocks latest = LATEST.get();
    if (latest == null || !latest.plan.equals(plan)) {
      latest = new Blocks(plan, family);
      LATEST.set(latest);
    }
    return latest;
  }

  private Blocks(DatasetPlan plan, ConfiguredFamily family) {
    this.plan = plan;
    SeedTree root = DatasetAssembler.root(plan);
    String prefix = "sightline-block/1\u001f" + String.join("\u001f", root.path()) + "\u001f";
    TreeMap<Digest, List<Scene>> forms = new TreeMap<>();
    for (Scene scene : family.scenes()) {
      Digest order = Digest.ofText(prefix + family.canonicalKey(scene).hex());
      forms.computeIfAbsent(order, key -> new ArrayList<>()).add(scene);
    }
    int held = plan.counts().test() + plan.counts().dev();
    heldForms = new ArrayList<>(held);
    List<Keyed> rest = new ArrayList<>();
    for (List<Scene> orientations : forms.values()) {
      if (heldForms.size() < held) {
        heldForms.add(orientations);
      } else {
        for (Scene scene : orientations) {
          rest.add(new Keyed(Digest.ofText(prefix + family.sceneKey(scene).hex()), scene));
        }
      }
    }
    rest.sort(Comparator.comparing(Keyed::order));
    trainScenes = rest.stream().map(Keyed::scene).toList();
  }

  List<Scene> trainScenes() {
    return trainScenes;
  }

  Scene scene(Split split, int index) {
    return switch (split) {
      case TRAIN -> trainScenes.get(index);
      case TEST -> orientation(index);
      case DEV -> orientation(plan.counts().test() + index);
    };
  }

  private Scene orientation(int form) {
    List<Scene> orientations = heldForms.get(form);
    SeedTree seed = DatasetAssembler.root(plan).child("orientation").child(form);
    return orientations.get(seed.random().nextInt(orientations.size()));
  }
}
