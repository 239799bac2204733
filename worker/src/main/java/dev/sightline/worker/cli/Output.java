package dev.sightline.worker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;

/**
 * Results go to standard output, as lines or as one JSON document; progress goes to standard output
 * for people and to standard error beside JSON.
 */
public final class Output {
  private final PrintStream out;
  private final PrintStream error;
  private final PrintStream progress;
  private final boolean json;

  public Output(PrintStream out, PrintStream error, boolean json) {
    this.out = out;
    this.error = error;
    this.progress = json ? error : out;
    this.json = json;
  }

  public boolean isJson() {
    return json;
  }

  /** Whether a person at a terminal reads along, so that lines may be drawn again in place. */
  public boolean live() {
    return !json && terminal() && !"dumb".equals(System.getenv("TERM"));
  }

  /** Whether standard input and output are a terminal, so that a question may be asked. */
  public static boolean terminal() {
    return System.console() != null && System.console().isTerminal();
  }

  /** A line about what is wrong, on standard error. */
  public void problem(String text) {
    error.println(text);
    error.flush();
  }

  /** A line for people; with JSON it goes to standard error. */
  public void line(String text) {
    progress.println(text);
    progress.flush();
  }

  /** The result as JSON; printed only when JSON was asked for. */
  public void result(Object document) {
    if (!json) {
      return;
    }
    try {
      out.println(
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(document));
      out.flush();
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("the result cannot be written as JSON", failure);
    }
  }
}
