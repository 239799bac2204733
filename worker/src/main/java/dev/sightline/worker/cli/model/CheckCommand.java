package dev.sightline.worker.cli.model;

import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.OptimizerKind;
import dev.sightline.spec.Precision;
import dev.sightline.spec.VisionTower;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import dev.sightline.worker.cli.experiment.SpecFile;
import dev.sightline.worker.model.MemoryPlan;
import dev.sightline.worker.model.ModelFolder;
import dev.sightline.worker.model.Setting;
import dev.sightline.worker.model.Workload;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Say whether a folder holds a whole model, what training it takes of a GPU's memory, and"
          + " what to change if that is too much. Reads only the headers of the weights.",
      "Exit status: 0 it fits, 1 it does not, 2 the folder is not complete."
    },
    footer = {
      "",
      "Examples:",
      "  sightline model check /models/Qwen2.5-VL-7B-Instruct",
      "  sightline model check /models/Qwen2.5-VL-3B-Instruct --spec my.yaml --gpu-memory 24GiB",
      "  sightline model check /models/Qwen2.5-VL-7B-Instruct --lora 16 --gradient-checkpointing"
    })
final class CheckCommand implements Callable<Integer> {
  @ParentCommand private ModelCommand model = new ModelCommand();

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the model.")
  private Path folder = Path.of("");

  @Option(
      names = "--spec",
      paramLabel = "FILE",
      description =
          "Experiment whose steps are planned (default: 16 prompts x 8 completions of 512 tokens,"
              + " images of 256 tokens).")
  private @Nullable Path spec;

  @Option(
      names = "--gpu-memory",
      paramLabel = "SIZE",
      defaultValue = "80GiB",
      converter = Gibibytes.class,
      description = "Memory of one GPU (default: ${DEFAULT-VALUE}).")
  private long memory;

  @Option(
      names = "--dtype",
      paramLabel = "float32|bfloat16",
      description =
          "Type of the weights while they are trained (default: the experiment's, else as stored).")
  private @Nullable Precision dtype;

  @Option(
      names = "--lora",
      paramLabel = "RANK",
      description =
          "Train an adapter of this rank on the text tower's linear layers; 0 for all weights"
              + " (default: as the experiment does).")
  private @Nullable Integer lora;

  @Option(names = "--frozen-tower", description = "Leave the vision tower as it is.")
  private boolean frozenTower;

  @Option(
      names = "--gradient-checkpointing",
      description = "Make a layer's activations anew in the backward pass.")
  private boolean checkpointing;

  @Option(
      names = "--optimizer",
      paramLabel = "adamw|adamw_8bit",
      description =
          "Whether Adam's moments take 8 bytes or 2 of a trained parameter (default: as the"
              + " experiment does).")
  private @Nullable OptimizerKind optimizer;

  @Option(
      names = "--ranks",
      paramLabel = "N",
      defaultValue = "1",
      description = "GPUs that share the model (default: ${DEFAULT-VALUE}).")
  private int ranks;

  @Option(
      names = "--prompt-tokens",
      paramLabel = "N",
      defaultValue = "512",
      description = "Tokens of a prompt's text (default: ${DEFAULT-VALUE}).")
  private int promptTokens;

  @Override
  public Integer call() {
    Output output = model.output();
    String wrong = wrongOptions();
    if (wrong != null) {
      output.problem("sightline model check: " + wrong);
      return ExitStatus.BAD_INPUT;
    }
    ExperimentSpec experiment = null;
    if (spec != null) {
      switch (SpecFile.read(spec)) {
        case SpecFile.Wrong problems -> {
          problems.lines().forEach(output::problem);
          return ExitStatus.BAD_INPUT;
        }
        case SpecFile.Valid valid -> experiment = valid.spec();
      }
    }
    int rank = rank(experiment);
    boolean eightBit = eightBit(experiment);
    if (eightBit && ranks > 1 && rank == 0) {
      output.problem(
          "sightline model check: adamw_8bit cannot train all weights on --ranks "
              + ranks
              + "; give --lora RANK, --optimizer adamw, or --ranks 1");
      return ExitStatus.BAD_INPUT;
    }
    ModelFolder found = ModelFolder.read(folder);
    Workload work = Workload.of(experiment, promptTokens);
    Setting setting = setting(found.types(), experiment, rank, eightBit);
    MemoryPlan plan = MemoryPlan.fitting(found, setting, work, memory);
    List<MemoryPlan> savings =
        fits(plan) ? List.of() : MemoryPlan.savings(found, setting, work, memory);
    if (!output.isJson()) {
      describe(output, found);
      describe(output, plan, savings);
    }
    output.result(tree(found, plan, savings));
    return fits(plan) ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private @Nullable String wrongOptions() {
    if (lora != null && (lora < 0 || lora > 1024)) {
      return "--lora is "
          + lora
          + "; give a rank from 1 to 1024, 0 for all weights, or leave it out";
    }
    if (ranks < 1 || ranks > 1024) {
      return "--ranks is " + ranks + "; give a number of GPUs above 0";
    }
    if (promptTokens < 1 || promptTokens > 1_000_000) {
      return "--prompt-tokens is " + promptTokens + "; give a number above 0";
    }
    return null;
  }

  /** 0 where all weights are trained. */
  private int rank(@Nullable ExperimentSpec experiment) {
    if (lora != null) {
      return lora;
    }
    ExperimentSpec.Lora asked = experiment == null ? null : experiment.policy().lora();
    return asked == null ? 0 : asked.rank();
  }

  private boolean eightBit(@Nullable ExperimentSpec experiment) {
    return optimizer != null
        ? optimizer == OptimizerKind.ADAMW_8BIT
        : experiment != null && experiment.policy().optimizer().eightBit();
  }

  private Setting setting(
      SortedSet<String> types, @Nullable ExperimentSpec experiment, int rank, boolean eightBit) {
    boolean frozen =
        frozenTower
            || experiment != null && experiment.policy().visionTower() == VisionTower.FROZEN;
    ExperimentSpec.ModelFolder asked = experiment == null ? null : experiment.policy().folder();
    Precision precision = types.contains("BF16") ? Precision.BFLOAT16 : Precision.FLOAT32;
    if (dtype != null) {
      precision = dtype;
    } else if (asked != null) {
      precision = asked.dtype();
    }
    boolean again = checkpointing || asked != null && asked.gradientCheckpointing();
    return new Setting(precision.bytes(), rank, frozen, again, ranks, eightBit);
  }

  private boolean fits(MemoryPlan plan) {
    return plan.needed() <= memory;
  }

  private static void describe(Output output, ModelFolder found) {
    output.line(found.path() + " is complete: Qwen2.5-VL, stored as " + types(found));
    output.line("  text tower    " + count(found.textParameters()) + " parameters");
    output.line("  vision tower  " + count(found.visionParameters()) + " parameters");
    output.line("  together      " + count(found.parameters()) + " parameters");
    output.line("");
  }

  private void describe(Output output, MemoryPlan plan, List<MemoryPlan> savings) {
    Workload work = plan.workload();
    output.line(
        String.format(
            Locale.ROOT,
            "One GPU of %s, %s; %d of %d completions at once, prompts of %d + %d tokens,"
                + " completions of %d:",
            Gibibytes.text(memory),
            plan.setting().options(),
            work.microBatch(),
            work.prompts() * work.samples(),
            work.textTokens(),
            work.imageTokens(),
            work.completionTokens()));
    parts(output, "a step", plan.training());
    parts(output, "rollouts", plan.rollout());
    output.line("  allowance       " + Gibibytes.text(MemoryPlan.RESERVE) + " (not measured)");
    output.line("  main memory     " + Gibibytes.text(plan.host()) + " for each process");
    output.line("");
    if (fits(plan)) {
      output.line("It fits: " + Gibibytes.text(plan.needed()) + " of " + Gibibytes.text(memory));
      return;
    }
    output.line("It does not fit: it needs " + Gibibytes.text(plan.needed()) + ". With");
    for (MemoryPlan saving : savings) {
      output.line(
          String.format(
              Locale.ROOT,
              "  %-62s %10s  %s",
              saving.setting().options(),
              Gibibytes.text(saving.needed()),
              fits(saving)
                  ? "fits, " + saving.workload().microBatch() + " completions at once"
                  : "does not fit"));
    }
    if (savings.stream().noneMatch(this::fits)) {
      output.line("No setting fits; take a smaller model, shorter completions or a larger GPU.");
    }
  }

  private static void parts(Output output, String name, Map<String, Long> parts) {
    output.line(String.format("  %-15s %s", name, Gibibytes.text(MemoryPlan.sum(parts))));
    parts.forEach(
        (part, bytes) -> output.line(String.format("    %-17s %s", part, Gibibytes.text(bytes))));
  }

  private Map<String, Object> tree(ModelFolder found, MemoryPlan plan, List<MemoryPlan> savings) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("complete", true);
    tree.put("architecture", "qwen2_5_vl");
    tree.put("types", List.copyOf(found.types()));
    tree.put("weightBytes", found.weightBytes());
    tree.put(
        "parameters",
        Map.of(
            "text", found.textParameters(),
            "vision", found.visionParameters(),
            "total", found.parameters()));
    tree.put("gpuMemory", memory);
    tree.put("plan", tree(plan));
    tree.put("savings", savings.stream().map(this::tree).toList());
    return tree;
  }

  private Map<String, Object> tree(MemoryPlan plan) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("options", plan.setting().options());
    tree.put("microBatch", plan.workload().microBatch());
    tree.put("training", plan.training());
    tree.put("rollout", plan.rollout());
    tree.put("allowance", MemoryPlan.RESERVE);
    tree.put("needed", plan.needed());
    tree.put("hostPerProcess", plan.host());
    tree.put("fits", fits(plan));
    return tree;
  }

  private static String types(ModelFolder found) {
    return String.join(", ", found.types());
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,15d", number);
  }
}
