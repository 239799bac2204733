package dev.sightline.dataset.bench;

import dev.sightline.dataset.Json;
import dev.sightline.puzzle.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What other generators do in a second, as measured once and kept in {@code baselines.json}. */
public final class PeerRates {
  private final Map<String, Object> document;

  private PeerRates(Map<String, Object> document) {
    this.document = document;
  }

  /** A rate in items a second, and what was measured. */
  public record Peer(double itemsPerSecond, String what) {}

  public static PeerRates load() {
    try (InputStream resource =
        Objects.requireNonNull(
            PeerRates.class.getResourceAsStream("baselines.json"), "baselines.json")) {
      return new PeerRates(
          Json.object(new String(resource.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("baselines.json is a resource of this jar", e);
    }
  }

  /** Machine and date. */
  public String measured() {
    return Fields.text(document, "measured");
  }

  /** The original scripts, pictures included, near our size where they can be asked for it. */
  public Optional<Peer> pictures(String family) {
    return peer("pictures", family, "size");
  }

  /** A text-only generator of the same kind of puzzle. */
  public Optional<Peer> text(String family) {
    return peer("text", family, "task");
  }

  private Optional<Peer> peer(String group, String family, String what) {
    Map<String, Object> families = Fields.map(Fields.map(document, group), "families");
    if (!(families.get(family) instanceof Map<?, ?> entry)
        || !(entry.get("itemsPerSecond") instanceof Number rate)) {
      return Optional.empty();
    }
    return Optional.of(new Peer(rate.doubleValue(), Fields.text(entry, what)));
  }
}
