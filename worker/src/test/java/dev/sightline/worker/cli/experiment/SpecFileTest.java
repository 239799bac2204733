package dev.sightline.worker.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.activity.Catalog;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.SpecDigest;
import dev.sightline.spec.SpecReader;
import dev.sightline.spec.SpecResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpecFileTest {
  private static final Path EXPERIMENTS = Path.of("../deploy/experiments");

  @TempDir private Path folder = Path.of("unset");

  private Planned smoke() {
    SpecFile read = SpecFile.read(EXPERIMENTS.resolve("smoke.yaml"));
    assertThat(read).isInstanceOf(SpecFile.Valid.class);
    SpecFile.Valid valid = (SpecFile.Valid) read;
    return Planned.of(valid.spec(), valid.defaulted(), Catalog.ALL);
  }

  @Test
  void underAnotherNameItIsAnotherExperimentWithTheSameNumbers() {
    Path file = EXPERIMENTS.resolve("smoke.yaml");

    SpecFile.Valid renamed = (SpecFile.Valid) SpecFile.read(file, "nightly-20260101");

    SpecFile.Valid plain = (SpecFile.Valid) SpecFile.read(file);
    assertThat(renamed.spec().name()).isEqualTo("nightly-20260101");
    assertThat(SpecDigest.experimentId(renamed.spec()))
        .isNotEqualTo(SpecDigest.experimentId(plain.spec()));
    assertThat(SpecDigest.datasetSpec(renamed.spec(), "1"))
        .isEqualTo(SpecDigest.datasetSpec(plain.spec(), "1"));
    assertThat(SpecFile.read(file, plain.spec().name())).isEqualTo(plain);
    assertThatThrownBy(() -> SpecFile.read(file, "last night"))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("--name: ")
        .hasMessageContaining("last night");
  }

  @Test
  void aPlanShowsIdSpaceWorkAndPowerWithinTheTerminal() {
    Planned planned = smoke();

    List<String> lines = planned.lines();

    assertThat(String.join("\n", lines))
        .contains(
            planned.plan().experiment(),
            planned.plan().spec().hex(),
            "143 canonical forms",
            "# default",
            "train/only_accuracy/1",
            "differ between two checkpoints",
            "Nothing was started.");
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(planned.tree())
        .containsKeys("experiment", "digest", "spec", "defaulted", "plan", "estimate")
        .containsEntry("valid", true);
  }

  @Test
  void theResolvedTextIsTheSameExperiment() {
    Planned planned = smoke();
    List<String> lines = planned.lines();
    int first = lines.indexOf("Resolved experiment") + 1;
    String yaml =
        String.join(
            "\n",
            lines.subList(first, lines.indexOf("Stages and estimates") - 1).stream()
                .map(line -> line.substring(2))
                .toList());

    SpecResult again = new SpecReader(Catalog.ALL).readYaml("resolved.yaml", yaml);

    assertThat(again).isInstanceOf(SpecResult.Valid.class);
    SpecResult.Valid valid = (SpecResult.Valid) again;
    assertThat(valid.defaulted()).isEmpty();
    assertThat(SpecDigest.of(valid.spec())).isEqualTo(planned.plan().spec());
  }

  @Test
  void everyProblemIsALineOfItsOwn() throws IOException {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(
        file,
        Files.readString(EXPERIMENTS.resolve("smoke.yaml"))
            .replaceFirst("(?m)^seed: .*", "seed: -x")
            .replace("reference: only_accuracy", "reference: nobody"));

    SpecFile read = SpecFile.read(file);

    assertThat(((SpecFile.Wrong) read).lines())
        .hasSize(2)
        .allMatch(line -> line.matches(".*bad\\.yaml:\\d+: [a-zA-Z.]+: .+; .+"));
  }

  @Test
  void whatIsNoFileIsOneLineWithAWayOut() throws IOException {
    Path binary = folder.resolve("picture.yaml");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xd8});

    assertThatThrownBy(() -> SpecFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("no such file; ");
    assertThatThrownBy(() -> SpecFile.read(folder)).hasMessageContaining("is a folder");
    assertThatThrownBy(() -> SpecFile.read(binary)).hasMessageContaining("not UTF-8");
  }
}
