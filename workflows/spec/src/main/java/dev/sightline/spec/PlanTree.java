package dev.sightline.spec;

import dev.sightline.foundation.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The JSON form of plans. */
final class PlanTree {
  private PlanTree() {}

  static Map<String, Object> write(ExperimentPlan plan) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("experiment", plan.experiment());
    tree.put("spec", plan.spec().hex());
    tree.put("dataset", plan.dataset().hex());
    tree.put("familyVersion", plan.familyVersion());
    FamilyCatalog.SpaceSize space = plan.space();
    if (space != null) {
      Map<String, Object> size = new LinkedHashMap<>();
      size.put("scenes", number(space.scenes()));
      size.put("canonicalForms", number(space.canonicalForms()));
      size.put("exact", space.exact());
      tree.put("space", size);
    }
    tree.put("stages", plan.stages().stream().map(PlanTree::stage).toList());
    return tree;
  }

  private static Map<String, Object> stage(PlannedStage stage) {
    Map<String, Object> tree = new LinkedHashMap<>();
    switch (stage) {
      case PlannedStage.MakeDataset s -> {
        tree.put("kind", "make-dataset");
        tree.put("dataset", s.dataset().hex());
      }
      case PlannedStage.WarmStart s -> {
        tree.put("kind", "warm-start");
        tree.put("policySeed", number(s.policySeed()));
        tree.put("runDigest", s.runDigest().hex());
        tree.put("steps", s.steps());
        tree.put("rounds", s.rounds());
      }
      case PlannedStage.EvaluateStart s -> {
        tree.put("kind", "evaluate-start");
        tree.put("policySeed", number(s.policySeed()));
        evaluation(tree, s.template(), s.split(), s.modes());
      }
      case PlannedStage.TrainArm s -> {
        tree.put("kind", "train-arm");
        tree.put("arm", s.arm());
        tree.put("seed", number(s.seed()));
        runDigest(tree, s.runDigest());
        tree.put("steps", s.steps());
        tree.put("rounds", s.rounds());
      }
      case PlannedStage.TrainToRung s -> {
        tree.put("kind", "train-to-rung");
        tree.put("arm", s.arm());
        tree.put("seed", number(s.seed()));
        runDigest(tree, s.runDigest());
        tree.put("step", s.step());
        tree.put("rounds", s.rounds());
      }
      case PlannedStage.Rung s -> {
        tree.put("kind", "rung");
        tree.put("number", s.number());
        tree.put("step", s.step());
        tree.put("keep", s.keep());
      }
      case PlannedStage.Tune s -> tree.put("kind", "tune");
      case PlannedStage.Futility s -> {
        tree.put("kind", "futility");
        tree.put("number", s.number());
        tree.put("step", s.step());
      }
      case PlannedStage.Look s -> {
        tree.put("kind", "look");
        tree.put("number", s.number());
        tree.put("seeds", s.seeds());
      }
      case PlannedStage.EvaluateArm s -> {
        tree.put("kind", "evaluate-arm");
        tree.put("arm", s.arm());
        tree.put("seed", number(s.seed()));
        evaluation(tree, s.template(), s.split(), s.modes());
      }
      case PlannedStage.WriteReport s -> tree.put("kind", "write-report");
    }
    tree.put("target", stage.target());
    tree.put("work", work(stage.work()));
    return tree;
  }

  private static void runDigest(Map<String, Object> tree, @Nullable Digest digest) {
    if (digest != null) {
      tree.put("runDigest", digest.hex());
    }
  }

  private static void evaluation(
      Map<String, Object> tree, String template, Split split, List<EvaluationMode> modes) {
    tree.put("template", template);
    tree.put("split", split.wire());
    tree.put("modes", modes.stream().map(WireName::wire).toList());
  }

  private static Map<String, Object> work(Work work) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("items", number(work.items()));
    tree.put("optimizerSteps", number(work.optimizerSteps()));
    tree.put("fittedExamples", number(work.fittedExamples()));
    tree.put("rolledOutCompletions", number(work.rolledOutCompletions()));
    tree.put("evaluatedCompletions", number(work.evaluatedCompletions()));
    tree.put("tokensUpperBound", number(work.tokensUpperBound()));
    return tree;
  }

  private static Object number(long value) {
    return Objects.requireNonNull(SpecWriter.value(value));
  }

  static ExperimentPlan read(Map<String, ?> tree) {
    List<PlannedStage> stages = new ArrayList<>();
    for (Object stage : (List<?>) need(tree, "stages")) {
      stages.add(stage((Map<?, ?>) stage));
    }
    return new ExperimentPlan(
        text(tree, "experiment"),
        new Digest(text(tree, "spec")),
        new Digest(text(tree, "dataset")),
        text(tree, "familyVersion"),
        tree.get("space") instanceof Map<?, ?> space
            ? new FamilyCatalog.SpaceSize(
                whole(space, "scenes"),
                whole(space, "canonicalForms"),
                (Boolean) need(space, "exact"))
            : null,
        stages);
  }

  private static PlannedStage stage(Map<?, ?> tree) {
    Work work = work(tree);
    return switch (text(tree, "kind")) {
      case "make-dataset" -> new PlannedStage.MakeDataset(new Digest(text(tree, "dataset")), work);
      case "warm-start" ->
          new PlannedStage.WarmStart(
              whole(tree, "policySeed"),
              new Digest(text(tree, "runDigest")),
              Math.toIntExact(whole(tree, "steps")),
              Math.toIntExact(whole(tree, "rounds")),
              work);
      case "evaluate-start" ->
          new PlannedStage.EvaluateStart(
              whole(tree, "policySeed"), text(tree, "template"), split(tree), modes(tree), work);
      case "train-arm" ->
          new PlannedStage.TrainArm(
              text(tree, "arm"),
              whole(tree, "seed"),
              runDigest(tree),
              Math.toIntExact(whole(tree, "steps")),
              Math.toIntExact(whole(tree, "rounds")),
              work);
      case "train-to-rung" ->
          new PlannedStage.TrainToRung(
              text(tree, "arm"),
              whole(tree, "seed"),
              runDigest(tree),
              Math.toIntExact(whole(tree, "step")),
              Math.toIntExact(whole(tree, "rounds")),
              work);
      case "rung" ->
          new PlannedStage.Rung(
              Math.toIntExact(whole(tree, "number")),
              Math.toIntExact(whole(tree, "step")),
              Math.toIntExact(whole(tree, "keep")),
              work);
      case "tune" -> new PlannedStage.Tune();
      case "futility" ->
          new PlannedStage.Futility(
              Math.toIntExact(whole(tree, "number")), Math.toIntExact(whole(tree, "step")), work);
      case "look" ->
          new PlannedStage.Look(
              Math.toIntExact(whole(tree, "number")), Math.toIntExact(whole(tree, "seeds")), work);
      case "evaluate-arm" ->
          new PlannedStage.EvaluateArm(
              text(tree, "arm"),
              whole(tree, "seed"),
              text(tree, "template"),
              split(tree),
              modes(tree),
              work);
      case "write-report" -> new PlannedStage.WriteReport();
      case String other -> throw new IllegalArgumentException("no stage is of kind " + other);
    };
  }

  private static @Nullable Digest runDigest(Map<?, ?> tree) {
    return tree.containsKey("runDigest") ? new Digest(text(tree, "runDigest")) : null;
  }

  private static Work work(Map<?, ?> stage) {
    Map<?, ?> tree = (Map<?, ?>) need(stage, "work");
    return new Work(
        whole(tree, "items"),
        whole(tree, "optimizerSteps"),
        whole(tree, "fittedExamples"),
        whole(tree, "rolledOutCompletions"),
        whole(tree, "evaluatedCompletions"),
        whole(tree, "tokensUpperBound"));
  }

  private static Split split(Map<?, ?> tree) {
    return word(Split.values(), text(tree, "split"));
  }

  private static List<EvaluationMode> modes(Map<?, ?> tree) {
    List<EvaluationMode> modes = new ArrayList<>();
    for (Object mode : (List<?>) need(tree, "modes")) {
      modes.add(word(EvaluationMode.values(), String.valueOf(mode)));
    }
    return modes;
  }

  private static <W extends WireName> W word(W[] words, String wire) {
    for (W word : words) {
      if (word.wire().equals(wire)) {
        return word;
      }
    }
    throw new IllegalArgumentException("unknown word " + wire);
  }

  private static String text(Map<?, ?> tree, String key) {
    return String.valueOf(need(tree, key));
  }

  private static long whole(Map<?, ?> tree, String key) {
    return switch (need(tree, key)) {
      case Number number -> number.longValue();
      case Object text -> Long.parseLong(text.toString());
    };
  }

  private static Object need(Map<?, ?> tree, String key) {
    @Nullable Object value = tree.get(key);
    if (value == null) {
      throw new IllegalArgumentException("the plan has no " + key);
    }
    return value;
  }
}
