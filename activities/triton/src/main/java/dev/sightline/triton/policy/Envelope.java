package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands around the body of every call; each method returns a changed copy. */
record Envelope(
    String operation,
    @Nullable PolicyCall call,
    @Nullable String key,
    @Nullable Digest expectedLineage,
    Map<String, @Nullable Object> body) {

  static Envelope of(String operation) {
    return new Envelope(operation, null, null, null, Map.of());
  }

  Envelope in(PolicyCall caller) {
    return new Envelope(operation, caller, key, expectedLineage, body);
  }

  Envelope key(String jobKey) {
    return new Envelope(operation, call, jobKey, expectedLineage, body);
  }

  Envelope expecting(@Nullable Digest lineage) {
    return new Envelope(operation, call, key, lineage, body);
  }

  Envelope body(Map<String, @Nullable Object> content) {
    return new Envelope(operation, call, key, expectedLineage, content);
  }

  Map<String, @Nullable Object> toTree() {
    return Trees.of(
        "protocol",
        PolicyClient.PROTOCOL,
        "operation",
        operation,
        "run",
        call == null ? null : call.run(),
        "incarnation",
        call == null ? null : call.incarnation(),
        "fencingToken",
        call == null ? null : call.fencingToken(),
        "key",
        key,
        "expectedLineage",
        expectedLineage,
        "body",
        body);
  }
}
