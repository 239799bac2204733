package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answer to {@code describe}: what can change bits, and the limits of transfer.
 *
 * @param environmentDigest over all but the protocol version and the chunk size; goes into L0
 */
public record PolicyEnvironment(
    int protocol,
    Map<String, String> versions,
    String device,
    String instructionSet,
    int threads,
    String dtype,
    String attention,
    List<String> models,
    int maxChunkBytes,
    Digest environmentDigest) {
  public PolicyEnvironment {
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    models = List.copyOf(models);
  }

  static PolicyEnvironment read(JsonFields body) {
    return new PolicyEnvironment(
        body.whole("protocol"),
        body.texts("versions"),
        body.text("device"),
        body.text("instructionSet"),
        body.whole("threads"),
        body.text("dtype"),
        body.text("attention"),
        body.textList("models"),
        body.whole("maxChunkBytes"),
        body.digest("environmentDigest"));
  }
}
