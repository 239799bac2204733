package dev.sightline.dataset.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.puzzle.PuzzleFamilies;
import org.junit.jupiter.api.Test;

final class PuzzleBenchTest {
  @Test
  void theSharesOfAnItemAddUp() {
    PuzzleBench.Rate rate = new PuzzleBench(0.05, 112, 112, 2).measure("clock", 2).orElseThrow();

    assertThat(rate.items()).isPositive();
    assertThat(rate.itemsPerSecond()).isPositive();
    assertThat(rate.itemsPerCpuSecond()).isPositive().isLessThan(rate.textItemsPerCpuSecond());
    assertThat(
            rate.drawShare()
                + rate.solveShare()
                + rate.textShare()
                + rate.paintShare()
                + rate.encodeShare())
        .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void aLevelThatIsNotThereHasNoRate() {
    assertThat(new PuzzleBench(0.01, 112, 112, 1).measure("nowhere", 3)).isEmpty();
  }

  @Test
  void everyOriginalFamilyHasItsPeer() {
    PeerRates peers = PeerRates.load();

    assertThat(peers.measured()).contains("2026-11-23");
    assertThat(peers.pictures("clock").orElseThrow().itemsPerSecond()).isEqualTo(17.3);
    assertThat(peers.text("map").orElseThrow().what()).isEqualTo("graph_color");
    assertThat(PuzzleFamilies.names())
        .filteredOn(name -> !name.startsWith("pattern."))
        .allSatisfy(name -> assertThat(peers.pictures(name)).as(name).isPresent());
  }

  @Test
  void theCatalogueTellsWhatToAskFor() {
    assertThat(FamilyCatalogue.all(false))
        .extracting(FamilyCatalogue.Entry::name)
        .containsExactlyElementsOf(PuzzleFamilies.names());
    FamilyCatalogue.Entry kiwi =
        FamilyCatalogue.entry(PuzzleFamilies.byName("rotting_kiwi").orElseThrow(), true);
    assertThat(kiwi.toMap()).containsKeys("levels", "bounds", "questionKinds", "config", "space");
    assertThat(kiwi.imports()).contains("algopuzzlevqa");
  }
}
