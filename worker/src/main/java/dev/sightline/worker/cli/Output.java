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
  private final PrintStream progress;
  private final boolean json;

  public Output(PrintStream out, PrintStream error, boolean json) {
    this.out = out;
    this.progress = json ? error : out;
    this.json = json;
  }

  public boolean isJson() {
    return json;
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
