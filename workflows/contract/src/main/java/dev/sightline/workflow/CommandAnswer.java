package dev.sightline.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** The answer to an update. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CommandAnswer(Outcome outcome, String message) {
  /** Whether the command took effect. */
  public enum Outcome {
    ACCEPTED,
    DUPLICATE
  }
}
