package dev.sightline.worker.cli.dataset;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.stack.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "step",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measure a GRPO optimizer step of the policy server's code against TRL's.",
      "Both in turn, step by step, on a tiny random Qwen2.5-VL with the same prompts, images, lengths"
          + " and threads. The gradients of one batch of TRL's are compared first. The ratio is the"
          + " smallest over shapes and settings; on a machine with other work trust the ratio of"
          + " processor time. Makes an environment with TRL (6 GB) the first time."
    },
    footer = {
      "",
      "Examples:",
      "  sightline bench step --against trl",
      "  sightline bench step --against trl --steps 3 --threads 1 --json"
    })
final class BenchStepCommand implements Callable<Integer> {
  @ParentCommand private BenchCommand bench = new BenchCommand();

  @Option(
      names = "--against",
      required = true,
      paramLabel = "PEER",
      description = "The other trainer: trl.")
  private String peer = "";

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps that count, of each shape and setting (default: 5).")
  private int steps = 5;

  @Option(names = "--threads", paramLabel = "N", description = "Of both (default: all cores).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(peer.equals("trl"), "--against: " + peer + " is no known trainer; use trl");
    check(steps >= 1, "--steps: " + steps + "; use 1 or more");
    check(threads >= 1, "--threads: " + threads + "; use 1 or more");
    Path root = Installation.root();
    Process made =
        new ProcessBuilder(root.resolve("deploy/trainers/environment").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String python =
        new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (made.waitFor() != 0) {
      bench.output().problem("The environment with TRL could not be made; its messages are above.");
      return ExitStatus.FAILED;
    }
    List<String> command =
        new ArrayList<>(
            List.of(python, root.resolve("deploy/triton/tools/bench_step.py").toString()));
    command.addAll(
        List.of("--steps", Integer.toString(steps), "--threads", Integer.toString(threads)));
    if (bench.output().isJson()) {
      command.add("--json");
    }
    Process measured =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return measured.waitFor() == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new SightlineException(FailureType.INVALID_REQUEST, message);
    }
  }
}
