package dev.sightline.worker.cli.reward;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sightline.reward.AnswerReader;
import dev.sightline.reward.RewardDesign;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Score completions by a design: JSON lines in, JSON lines out, in the same order.",
      "A line is {\"id\", \"completion\", \"answer\", \"answerType\": \"text|integer|time\"}, and where"
          + " known \"family\", \"scene\", \"question\": {\"kind\", \"params\"}, \"mode\","
          + " \"truncated\", \"reader\": \"strict|lenient\", \"step\", \"tokens\", \"selfAnswer\","
          + " \"captionAnswer\", \"judgeRecall\". Other fields are passed over.",
      "A line that cannot be used, or lacks what the design needs, is named with its field, exit"
          + " status 2; a file is read through before anything is written."
    },
    footer = {
      "",
      "Examples:",
      "  sightline reward score --design mixture --in completions.jsonl",
      "  sightline reward score --design my-design.yaml --in completions.jsonl --out scores.jsonl",
      "  generate | sightline reward score --design only_accuracy --lenient --in - | jq .total"
    })
final class ScoreCommand implements Callable<Integer> {
  private static final int MOST_PROBLEMS = 20;
  private static final long PROGRESS_NANOS = 500_000_000L;

  /** Escapes what is not ASCII, because a completion may hold halves of characters. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .build();

  @ParentCommand private RewardCommand reward = new RewardCommand();

  @Option(
      names = "--design",
      required = true,
      paramLabel = "NAME|FILE",
      description = "A design of `sightline reward list`, or a YAML file.")
  private String design = "";

  @Option(
      names = "--in",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines; - is standard input.")
  private String in = "";

  @Option(
      names = "--lenient",
      description = "Read answers leniently, in lines that name no reader.")
  private boolean lenient;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File for the results (default: standard output).")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    RewardDesign loaded = Designs.of(design);
    Output output = reward.output();
    List<String> problems = in.equals("-") ? List.of() : problems(loaded);
    if (problems.isEmpty()) {
      problems = write(loaded, output);
    }
    if (problems.isEmpty()) {
      return ExitStatus.DONE;
    }
    problems.forEach(output::problem);
    if (out != null) {
      output.result(Map.of("valid", false, "problems", problems));
    }
    return ExitStatus.BAD_INPUT;
  }

  /** What is wrong with the file; nothing is written before all of it can be used. */
  private List<String> problems(RewardDesign loaded) throws IOException {
    List<String> problems = new ArrayList<>();
    try (ItemLines items = open(loaded)) {
      for (boolean more = true; more && problems.size() < MOST_PROBLEMS; ) {
        try {
          more = next(items).isPresent();
        } catch (BadInputException wrong) {
          problems.add(String.valueOf(wrong.getMessage()));
        }
      }
    }
    return problems;
  }

  private List<String> write(RewardDesign loaded, Output output) throws IOException {
    @Nullable Path target = out;
    if (target == null) {
      OutputStream lines = new BufferedOutputStream(System.out, 1 << 16);
      try {
        return score(loaded, lines, output);
      } finally {
        lines.flush();
      }
    }
    Path work = target.resolveSibling(target.getFileName() + ".making");
    try {
      List<String> problems;
      try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(work), 1 << 16)) {
        problems = score(loaded, lines, output);
      } catch (NoSuchFileException missing) {
        throw Designs.bad("--out: " + target + ": its folder does not exist; make it");
      }
      if (problems.isEmpty()) {
        Files.move(
            work, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      }
      return problems;
    } finally {
      Files.deleteIfExists(work);
    }
  }

  /** Writes results until the end, or to the first line that cannot be used. */
  private List<String> score(RewardDesign loaded, OutputStream lines, Output output)
      throws IOException {
    long done = 0;
    long right = 0;
    double sum = 0;
    long shown = System.nanoTime();
    boolean live = Output.terminal() && (out != null || !in.equals("-"));
    try (ItemLines items = open(loaded)) {
      for (Optional<ScoreItem> next = next(items); next.isPresent(); next = next(items)) {
        ScoreItem item = next.get();
        Map<String, @Nullable Object> result = ScoreResult.of(item, loaded.score(item.attempt()));
        MAPPER.writeValue(lines, result);
        lines.write('\n');
        done++;
        sum += (Double) Objects.requireNonNull(result.get("total"));
        right += Boolean.TRUE.equals(result.get("A")) ? 1 : 0;
        if (live && System.nanoTime() - shown > PROGRESS_NANOS) {
          System.err.print("\r" + done + " completions");
          shown = System.nanoTime();
        }
      }
    } catch (BadInputException wrong) {
      return List.of(String.valueOf(wrong.getMessage()));
    } finally {
      if (live) {
        System.err.print("\r\033[K");
      }
    }
    if (done == 0) {
      return List.of(
          in + ": holds no line; write {\"id\",\"completion\",\"answer\",\"answerType\"} a line");
    }
    if (out != null) {
      output.line(
          "%d completions by %s: mean reward %.4f, %d right; results in %s"
              .formatted(done, loaded.name(), sum / done, right, out));
      output.result(
          Map.of(
              "design",
              loaded.name(),
              "completions",
              done,
              "meanReward",
              sum / done,
              "right",
              right,
              "out",
              out.toString()));
    }
    return List.of();
  }

  private Optional<ScoreItem> next(ItemLines items) throws IOException, BadInputException {
    try {
      return items.next();
    } catch (BadInputException wrong) {
      throw wrong.in(in + ":" + items.line());
    }
  }

  private ItemLines open(RewardDesign loaded) throws IOException {
    AnswerReader reader = lenient ? AnswerReader.LENIENT : AnswerReader.STRICT;
    if (in.equals("-")) {
      return new ItemLines(System.in, loaded, reader);
    }
    try {
      InputStream file = Files.newInputStream(Path.of(in));
      return new ItemLines(file, loaded, reader);
    } catch (NoSuchFileException missing) {
      throw Designs.bad(
          "--in: " + in + ": no such file; name one that exists, or - for standard input");
    } catch (IOException unreadable) {
      throw Designs.bad("--in: " + in + " cannot be read (" + unreadable.getMessage() + ")");
    }
  }
}
