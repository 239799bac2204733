package dev.sightline.workflow.internal.input;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.foundation.FailureType;
import dev.sightline.spec.Catalogs;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.PlannedStage.EvaluateArm;
import dev.sightline.spec.PlannedStage.TrainArm;
import dev.sightline.spec.SpecDigest;
import dev.sightline.spec.SpecReader;
import dev.sightline.spec.SpecResult;
import dev.sightline.workflow.client.SightlineConverter;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads workflow inputs. Everything wrong becomes a non-retryable INVALID_SPEC with the text of the
 * CLI: any other exception would retry the first workflow task for ever. Pure.
 */
public final class Inputs {
  /** Stands where an evaluation's arm stands, for what the arms start from. */
  public static final String BASELINE = "baseline";

  /** The split of an evaluation that names none. */
  public static final String TEST = "test";

  private static final ObjectMapper MAPPER = SightlineConverter.mapper();
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  /**
   * A read experiment.
   *
   * @param tree the input as it came, for the activity that admits it
   * @param experiment its id
   */
  public record Experiment(Map<String, Object> tree, ExperimentSpec spec, String experiment) {}

  /**
   * One run of an experiment.
   *
   * @param untilStep optimizer steps after which it rests for a rung; null: to its end
   */
  public record Run(Experiment experiment, String arm, long seed, @Nullable Long untilStep) {
    public boolean warmStart() {
      return arm.equals(Ids.WARM_START);
    }

    /** The stage path. */
    public String stage() {
      String path = warmStart() ? arm + "/" + seed : TrainArm.path(arm, seed);
      return untilStep == null ? path : path + "/" + untilStep;
    }
  }

  /** One evaluation of an experiment. */
  public record Evaluation(
      Experiment experiment, String arm, long seed, String split, String template) {
    /** The stage path. */
    public String stage() {
      String path = EvaluateArm.path(arm, seed);
      return arm.equals(BASELINE) ? path + "/" + template : path;
    }
  }

  private Inputs() {}

  /**
   * Loads the classes of reading. Done by the first workflow task instead, on a busy machine it
   * would look like a deadlock (a task that does not yield for a second).
   */
  public static void warmUp() {
    JsonNode nearly = MAPPER.createObjectNode().put("name", "warm-up");
    try {
      experiment(nearly);
    } catch (ApplicationFailure expected) {
      return;
    }
    throw new IllegalStateException("a name alone is no experiment");
  }

  /** Reads the input of RewardAblation: the experiment itself. */
  public static Experiment experiment(@Nullable JsonNode input) {
    if (input == null || !input.isObject()) {
      throw invalid(
          "spec: the input is " + kind(input) + "; give the experiment as one JSON object");
    }
    Map<String, Object> tree = MAPPER.convertValue(input, TREE);
    return switch (new SpecReader(Catalogs.NONE).readTree(tree)) {
      case SpecResult.Valid valid ->
          new Experiment(tree, valid.spec(), SpecDigest.experimentId(valid.spec()));
      case SpecResult.Invalid wrong -> throw invalid(wrong.text());
    };
  }

  /** Reads the input of DatasetGeneration: {@code {"spec": experiment}}. */
  public static Experiment dataset(@Nullable JsonNode input) {
    return experiment(envelope(input, "{\"spec\": experiment}").get("spec"));
  }

  /**
   * Reads the input of TrainingRun: {@code {"spec": experiment, "arm": name, "seed": n}}; with
   * {@code untilStep} the run rests there.
   */
  public static Run run(@Nullable JsonNode input) {
    JsonNode envelope = envelope(input, "{\"spec\": experiment, \"arm\": \"...\", \"seed\": 1}");
    Experiment experiment = experiment(envelope.get("spec"));
    ExperimentSpec spec = experiment.spec();
    String arm = text(envelope, "arm", armNames(spec, Ids.WARM_START));
    long seed = whole(envelope, "seed");
    if (arm.equals(Ids.WARM_START)) {
      if (spec.warmStart() == null) {
        throw invalid("input: arm: the experiment has no warm start; add warmStart to the spec");
      }
      known("seed", seed, List.of(spec.policy().seed()));
    } else {
      knownArm(arm, spec, Ids.WARM_START);
      known("seed", seed, spec.runSeeds());
    }
    Long untilStep = envelope.hasNonNull("untilStep") ? whole(envelope, "untilStep") : null;
    if (untilStep != null && untilStep < 1) {
      throw invalid("input: untilStep: it is " + untilStep + "; give 1 or more");
    }
    return new Run(experiment, arm, seed, untilStep);
  }

  /**
   * Reads the input of Evaluation: {@code {"spec": experiment, "arm": name, "seed": n, "split":
   * "test", "template": "probe"}}, where split and template may be left out.
   */
  public static Evaluation evaluation(@Nullable JsonNode input) {
    JsonNode envelope =
        envelope(
            input, "{\"spec\": experiment, \"arm\": \"...\", \"seed\": 1, \"split\": \"test\"}");
    Experiment experiment = experiment(envelope.get("spec"));
    ExperimentSpec spec = experiment.spec();
    String arm = text(envelope, "arm", armNames(spec, BASELINE));
    long seed = whole(envelope, "seed");
    if (!arm.equals(BASELINE)) {
      knownArm(arm, spec, BASELINE);
      known("seed", seed, spec.runSeeds());
    }
    String split = envelope.hasNonNull("split") ? text(envelope, "split", "dev, test") : TEST;
    if (!split.equals(TEST) && !split.equals("dev")) {
      throw invalid("input: split: '" + split + "' is not a split to evaluate; use dev or test");
    }
    String template =
        envelope.hasNonNull("template")
            ? text(envelope, "template", "a template's name")
            : spec.evaluation().template();
    return new Evaluation(experiment, arm, seed, split, template);
  }

  /** Fails a workflow that was started under another id than its own. */
  public static void checkWorkflowId(String actual, String right) {
    if (!actual.equals(right)) {
      throw ApplicationFailure.newNonRetryableFailure(
          "this input belongs to the workflow id '"
              + right
              + "', not '"
              + actual
              + "'; start it under that id",
          FailureType.WRONG_WORKFLOW_ID.name());
    }
  }

  private static JsonNode envelope(@Nullable JsonNode input, String form) {
    if (input == null || !input.isObject()) {
      throw invalid("input: it is " + kind(input) + "; give " + form);
    }
    return input;
  }

  private static String text(JsonNode envelope, String field, String choices) {
    JsonNode value = envelope.get(field);
    if (value == null || !value.isTextual() || value.textValue().isBlank()) {
      throw invalid("input: " + field + ": it is " + kind(value) + "; give one of " + choices);
    }
    return value.textValue();
  }

  private static long whole(JsonNode envelope, String field) {
    JsonNode value = envelope.get(field);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw invalid("input: " + field + ": it is " + kind(value) + "; give a whole number");
    }
    return value.longValue();
  }

  private static void knownArm(String arm, ExperimentSpec spec, String other) {
    if (spec.arm(arm).isEmpty()) {
      throw invalid(
          "input: arm: '" + arm + "' is not in the spec; give one of " + armNames(spec, other));
    }
  }

  private static void known(String field, long value, List<Long> choices) {
    if (!choices.contains(value)) {
      throw invalid(
          "input: "
              + field
              + ": "
              + value
              + " is not in the spec; give one of "
              + choices.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
  }

  private static String armNames(ExperimentSpec spec, String other) {
    return Stream.concat(spec.arms().stream().map(ExperimentSpec.Arm::name), Stream.of(other))
        .collect(Collectors.joining(", "));
  }

  private static String kind(@Nullable JsonNode node) {
    if (node == null || node.isMissingNode()) {
      return "missing";
    }
    return switch (node.getNodeType()) {
      case NULL -> "null";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER -> "the number " + node;
      case BOOLEAN -> "true or false";
      case OBJECT, POJO -> "an object";
      case BINARY -> "binary";
      case MISSING -> "missing";
    };
  }

  private static ApplicationFailure invalid(String text) {
    return ApplicationFailure.newNonRetryableFailure(text, FailureType.INVALID_SPEC.name());
  }
}
