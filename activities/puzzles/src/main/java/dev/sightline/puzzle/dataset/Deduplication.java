package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was kept so far. Keys name their family, so that one of these serves a whole data set. */
final class Deduplication {
  private final Map<Digest, Split> forms = new HashMap<>();
  private final Map<Digest, Digest> sceneOfPicture = new HashMap<>();
  private Set<Digest> ofSplit = new HashSet<>();

  /** Keeps a candidate (empty), or says why not. */
  Optional<DropReason> take(DatasetItem item, SplitRule rule) {
    Split split = forms.get(item.canonicalKey());
    if (split != null && split != item.split()) {
      return Optional.of(DropReason.IN_OTHER_SPLIT);
    }
    DropReason repeated = reason(item.split(), rule);
    Digest key = key(item, repeated);
    if (ofSplit.contains(key)) {
      return Optional.of(repeated);
    }
    Digest scene = sceneOfPicture.get(item.imageDigest());
    if (scene != null && !scene.equals(item.sceneKey())) {
      return Optional.of(DropReason.SAME_PICTURE);
    }
    ofSplit.add(key);
    forms.put(item.canonicalKey(), item.split());
    sceneOfPicture.put(item.imageDigest(), item.sceneKey());
    return Optional.empty();
  }

  /** What may not repeat within a split. */
  static DropReason reason(Split split, SplitRule rule) {
    return switch (rule) {
      case RESERVED_SHARE -> DropReason.REPEATED_ITEM;
      case RESERVED_BLOCKS, DISJOINT_DRAWS ->
          switch (split) {
            case TEST, DEV -> DropReason.REPEATED_FORM;
            case TRAIN -> DropReason.REPEATED_SCENE;
          };
    };
  }

  static Digest key(DatasetItem item, DropReason repeated) {
    return switch (repeated) {
      case REPEATED_FORM -> item.canonicalKey();
      case REPEATED_SCENE -> item.sceneKey();
      case REPEATED_ITEM -> item.itemKey();
      case IN_OTHER_SPLIT, SAME_PICTURE -> throw new IllegalArgumentException("no key");
    };
  }

  /** Scenes may not be in two splits, but keys of the next split are its own. */
  void endSplit(Split split) {
    ofSplit = new HashSet<>();
  }
}
