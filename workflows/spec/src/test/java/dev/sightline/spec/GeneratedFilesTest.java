package dev.sightline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The committed files are what the field descriptions give; with the property set, it writes them.
 */
class GeneratedFilesTest {
  private static final String COMMAND =
      "mvn -q -pl workflows/spec -am test -Dtest=GeneratedFilesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dsightline.regenerate=true";

  @Test
  void schema() throws IOException {
    String schema =
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(SpecSchema.schema());
    compare(
        Examples.EXPERIMENTS.resolve("experiment.schema.json"),
        schema.replace(System.lineSeparator(), "\n") + "\n");
  }

  @Test
  void tableOfFields() throws IOException {
    compare(
        Path.of("FIELDS.md"),
        "# Fields of the experiment file\n\n"
            + "Made from the records in `ExperimentSpec.java`; do not edit. To make it again:\n\n"
            + "```\n"
            + COMMAND
            + "\n```\n\n"
            + SpecSchema.table());
  }

  private static void compare(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("sightline.regenerate")) {
      Files.writeString(file, expected);
    }
    assertThat(file).as("generated file; to make it: " + COMMAND).exists();
    assertThat(Files.readString(file))
        .as("stale; to make it again: " + COMMAND)
        .isEqualTo(expected);
  }
}
