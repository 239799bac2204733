package dev.sightline.worker;

import dev.sightline.worker.cli.CommandLines;

/** Entry point of the worker jar: the command line, and with it supervisor and worker. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int status = CommandLines.execute(arguments);
    System.exit(status);
  }
}
