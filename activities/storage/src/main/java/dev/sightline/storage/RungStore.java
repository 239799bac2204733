package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Decided rungs of successive halving. Rows never change: the first decision stays. */
public interface RungStore {
  /**
   * @param number from 1
   * @param body the decision and all that it was made from, in the caller's words
   */
  record Rung(String experiment, int number, JsonNode body) {}

  /** Stores a decision, or finds the one that was made before. */
  Rung decide(String experiment, int number, JsonNode body);

  /** An experiment's decided rungs in order. */
  List<Rung> list(String experiment);
}
