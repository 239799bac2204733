package dev.sightline.spec;

import dev.sightline.foundation.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that an evaluation's numbers depend on, besides the environment. Decoding is greedy.
 *
 * @param checkpoint what is evaluated: a checkpoint's id or lineage
 * @param dataset digest of the data set
 * @param prompt what the template asks, where it is an arm's own
 * @param modes what the model is shown; sorted, for their order means nothing
 * @param maxNewTokens longest completion, in tokens
 * @param batchItems items of one rollout job
 * @param imageSize of the pictures, where it is not the data set's
 */
public record EvaluationSpec(
    String checkpoint,
    Digest dataset,
    Split split,
    String template,
    Optional<ExperimentSpec.Prompt> prompt,
    List<EvaluationMode> modes,
    int maxNewTokens,
    int batchItems,
    Optional<ExperimentSpec.ImageSize> imageSize) {
  public EvaluationSpec {
    modes = modes.stream().distinct().sorted().toList();
    if (checkpoint.isEmpty() || modes.isEmpty() || maxNewTokens < 1 || batchItems < 1) {
      throw new IllegalArgumentException("an evaluation needs a checkpoint, modes and sizes");
    }
  }

  /** The evaluation of a checkpoint as the experiment asks for it. */
  public static EvaluationSpec of(
      ExperimentSpec spec,
      String checkpoint,
      Digest dataset,
      Split split,
      String template,
      List<EvaluationMode> modes) {
    return new EvaluationSpec(
        checkpoint,
        dataset,
        split,
        template,
        spec.prompt(template),
        modes,
        spec.evaluation().maxNewTokens(),
        spec.evaluation().batchItems(),
        Optional.empty());
  }

  /** The same with pictures of another size than the data set's. */
  public EvaluationSpec at(ExperimentSpec.ImageSize size) {
    return new EvaluationSpec(
        checkpoint,
        dataset,
        split,
        template,
        prompt,
        modes,
        maxNewTokens,
        batchItems,
        Optional.of(size));
  }

  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", "evaluation");
    tree.put("checkpoint", checkpoint);
    tree.put("dataset", dataset.hex());
    tree.put("split", split.wire());
    tree.put("template", template);
    prompt.ifPresent(own -> tree.put("prompt", SpecWriter.record(own)));
    tree.put("modes", modes.stream().map(WireName::wire).toList());
    tree.put("decoding", Map.of("temperature", 0, "maxNewTokens", maxNewTokens));
    tree.put("batchItems", batchItems);
    imageSize.ifPresent(size -> tree.put("imageSize", SpecWriter.record(size)));
    return tree;
  }

  public Digest digest() {
    return Digest.ofCanonical(tree());
  }
}
