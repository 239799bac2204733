package dev.sightline.worker.cli;

import dev.sightline.worker.stack.StackHome;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that only holds others: alone it prints its help and is bad input. */
public abstract class CommandGroup implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Spec private @Nullable CommandSpec spec;

  /** The folder of all state. */
  public final StackHome home() {
    return root.home();
  }

  /** Where results go. */
  public final Output output() {
    return root.output();
  }

  @Override
  public final Integer call() {
    if (spec != null) {
      spec.commandLine().usage(System.err);
    }
    return ExitStatus.BAD_INPUT;
  }
}
