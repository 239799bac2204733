package dev.sightline.worker.cli;

import dev.sightline.worker.stack.LocalStack;
import dev.sightline.worker.stack.StackEndpoints;
import dev.sightline.worker.stack.StackOwner;
import dev.sightline.worker.stack.StackSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Start the local stack, or attach to the one that runs, and return when every part is ready.",
      "It stays until `down`, through crashes of its parts and of its supervisor."
    },
    footer = {
      "",
      "Examples:",
      "  sightline up",
      "  sightline up --without triton      the policy server runs elsewhere"
    })
final class UpCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();
  @Mixin private StackOptions options = new StackOptions();

  @Override
  public Integer call() {
    Output output = root.output();
    LocalStack stack = new LocalStack(root.home());
    StackSettings settings = options.settings();
    LocalStack.Started started = stack.up(settings, StackOwner.up(), output::line);
    StackEndpoints endpoints = stack.endpoints().orElseThrow();
    if (!started.status().build().equals(settings.build())) {
      output.line("the running stack is of another build; `down` and `up` to use this one");
    }
    output.line("up in " + root.home().root());
    output.line("  Temporal UI  " + endpoints.temporalUi());
    output.line("  Temporal     " + endpoints.temporalAddress());
    output.line("  PostgreSQL   " + endpoints.jdbcUrl());
    output.line("  Triton       " + endpoints.tritonAddress());
    output.line("  worker       " + endpoints.workerHttp());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("home", root.home().root().toString());
    document.put("endpoints", endpoints.shown());
    document.put("status", started.status());
    output.result(document);
    return ExitStatus.DONE;
  }
}
