package dev.sightline.worker.cli.reward;

import dev.sightline.reward.RewardDesign;
import dev.sightline.reward.RewardDesigns;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import java.io.IOException;
import java.net.BindException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Score completions for other trainers over HTTP, on this machine only, until SIGTERM or ^C.",
      "  POST /v1/score    {\"design\": \"mixture\", \"items\": [...]} -> {\"design\", \"results\": [...]};"
          + " items and results as in `reward score`",
      "  GET  /v1/designs  what can be scored by",
      "  GET  /healthz     whether the service is up",
      "deploy/clients/python has a client with functions for TRL, verl and EasyR1."
    },
    footer = {
      "",
      "Examples:",
      "  sightline reward serve",
      "  sightline reward serve --port 0 --design my-design.yaml --design vanilla"
    })
final class ServeCommand implements Callable<Integer> {
  static final int PORT = 8384;

  @ParentCommand private RewardCommand reward = new RewardCommand();

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port = PORT;

  @Option(
      names = "--design",
      paramLabel = "NAME|FILE",
      description =
          "A design for requests that name none, if it is the only one; a YAML file adds a design"
              + " under its name. May be repeated; shipped designs are always there.")
  private List<String> names = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw Designs.bad("--port: " + port + " is none; use 0 to 65535");
    }
    Output output = reward.output();
    Map<String, RewardDesign> designs = new LinkedHashMap<>();
    for (String name : RewardDesigns.names()) {
      designs.put(name, Designs.of(name));
    }
    List<RewardDesign> given = names.stream().map(Designs::of).toList();
    for (int i = 0; i < given.size(); i++) {
      RewardDesign known = designs.putIfAbsent(given.get(i).name(), given.get(i));
      if (known != null && !known.equals(given.get(i))) {
        throw Designs.bad(
            "--design: "
                + names.get(i)
                + ": there is another design named "
                + known.name()
                + "; give it a name of its own");
      }
    }
    String byDefault = given.size() == 1 ? given.getFirst().name() : "";
    try {
      RewardServer server = RewardServer.start(port, designs, byDefault);
      Thread hook = new Thread(server::stop, "end the reward service");
      Runtime.getRuntime().addShutdownHook(hook);
      output.line("Rewards are served at " + server.url() + " (" + designs.size() + " designs).");
      output.result(Map.of("url", server.url(), "designs", List.copyOf(designs.keySet())));
      server.awaitStop();
    } catch (BindException taken) {
      throw Designs.bad("--port: " + port + " is taken; give another, or 0 for a free one");
    }
    return ExitStatus.DONE;
  }
}
