package dev.sightline.worker.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs command lines in this process and keeps what the last one printed. */
public final class CapturedCommandLine implements BeforeEachCallback, AfterEachCallback {
  private final PrintStream systemOut = System.out;
  private final PrintStream systemErr = System.err;
  private ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ByteArrayOutputStream error = new ByteArrayOutputStream();

  @Override
  public void beforeEach(ExtensionContext context) {
    capture();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setOut(systemOut);
    System.setErr(systemErr);
  }

  private void capture() {
    out = new ByteArrayOutputStream();
    error = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
  }

  /** The exit status. */
  public int run(String... words) {
    capture();
    return CommandLines.execute(words);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String error() {
    return error.toString(StandardCharsets.UTF_8);
  }

  /** What was printed, as one JSON document. */
  public JsonNode json() throws IOException {
    return JsonMapper.builder().build().readTree(out());
  }
}
