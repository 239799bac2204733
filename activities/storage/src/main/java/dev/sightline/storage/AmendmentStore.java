package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.util.List;

/** Operator amendments of an experiment: an ordered list with a digest of its own. */
public interface AmendmentStore {
  /** {@code ordinal} counts from 0. */
  record Amendment(String experiment, int ordinal, String commandId, JsonNode body) {}

  /** {@code digest} is that of the canonical JSON list of bodies, also when empty. */
  record Amendments(List<Amendment> list, Digest digest) {
    public Amendments {
      list = List.copyOf(list);
    }
  }

  /** Appends, or finds the amendment that this command id made before. */
  Amendment append(String experiment, String commandId, JsonNode body);

  Amendments list(String experiment);
}
