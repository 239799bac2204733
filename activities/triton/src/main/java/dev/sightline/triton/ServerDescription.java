package dev.sightline.triton;

import java.util.List;

/** What Triton says of itself. */
public record ServerDescription(String name, String version, List<String> extensions) {
  public ServerDescription {
    extensions = List.copyOf(extensions);
  }
}
