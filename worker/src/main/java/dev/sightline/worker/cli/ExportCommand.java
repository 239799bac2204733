package dev.sightline.worker.cli;

import dev.sightline.triton.TritonClient;
import dev.sightline.triton.TritonEndpoint;
import dev.sightline.triton.policy.ExportRequest;
import dev.sightline.triton.policy.PolicyClient;
import dev.sightline.worker.cli.experiment.CheckpointExport;
import dev.sightline.worker.cli.experiment.Connection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write a checkpoint as a folder that transformers, PEFT, TRL and vLLM read.",
      "The policy server writes it, when the job that it is at is over; its weights take their room"
          + " there once more meanwhile. Digests are verified. A run is not disturbed."
    },
    footer = {
      "",
      "Layouts:",
      "  huggingface  a whole model: configuration, weights, tokenizer, processor. An adapter is",
      "               merged into it; `merged` is another word for this layout.",
      "  peft         the adapter alone, with the place of what it stands on; needs policy.lora.",
      "",
      "Examples:",
      "  sightline export run/quickstart-0123456789ab/only_accuracy/1 --to trained",
      "  sightline export run/lora-0123456789ab/gated/1 --layout peft --to adapter --json",
      "  sightline export CHECKPOINT --to step-40      its 64 hex digits"
    })
final class ExportCommand implements Callable<Integer> {
  /** The command's words for the server's layouts. */
  enum Layout {
    HUGGINGFACE(ExportRequest.Layout.MERGED),
    MERGED(ExportRequest.Layout.MERGED),
    PEFT(ExportRequest.Layout.ADAPTER);

    private final ExportRequest.Layout asked;

    Layout(ExportRequest.Layout asked) {
      this.asked = asked;
    }
  }

  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Parameters(
      index = "0",
      paramLabel = "RUN|CHECKPOINT",
      description = "A run, for what it ended with or else its newest checkpoint; or a checkpoint.")
  private String name = "";

  @Option(
      names = "--layout",
      paramLabel = "NAME",
      defaultValue = "huggingface",
      description = "huggingface, merged or peft (default: ${DEFAULT-VALUE}).")
  private Layout layout = Layout.HUGGINGFACE;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Folder to write; must not exist yet.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    Output output = root.output();
    try (Connection connection = Connection.to(root.home());
        TritonClient triton =
            TritonClient.connect(TritonEndpoint.parse(connection.endpoints().tritonAddress()))) {
      CheckpointExport.Exported exported =
          new CheckpointExport(connection.stores(), new PolicyClient(triton), output::line)
              .export(name, layout.asked, folder.toAbsolutePath().normalize());
      show(output, exported);
      return ExitStatus.DONE;
    }
  }

  private void show(Output output, CheckpointExport.Exported exported) {
    output.line(
        "exported checkpoint %s (step %d of %s)"
            .formatted(exported.checkpoint().shortForm(), exported.step(), exported.run()));
    output.line("  folder  " + exported.folder());
    output.line(
        exported.verified()
            ? String.format(
                Locale.ROOT,
                "  files   %d, %.1f MiB, digests verified",
                exported.files().size(),
                exported.bytes() / 1048576.0)
            : "  files   %d, on the policy server's machine; not seen from here, not verified"
                .formatted(exported.files().size()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", exported.run());
    document.put("checkpoint", exported.checkpoint().hex());
    document.put("step", exported.step());
    document.put("layout", SightlineCommand.lower(layout));
    document.put("folder", exported.folder().toString());
    document.put("verified", exported.verified());
    document.put("bytes", exported.bytes());
    document.put("files", exported.files());
    output.result(document);
  }
}
