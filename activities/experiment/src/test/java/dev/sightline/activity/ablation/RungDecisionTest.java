package dev.sightline.activity.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.activity.ablation.RungDecision.Standing;
import dev.sightline.spec.Ablation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RungDecisionTest {
  private static final Ablation.Rung RUNG = new Ablation.Rung(10, 2);

  private static final List<Standing> STANDINGS =
      List.of(
          new Standing("reference", Map.of(1L, 0.1, 2L, 0.1)),
          new Standing("delta", Map.of(1L, 0.5, 2L, 0.3)),
          new Standing("beta", Map.of(1L, 0.4)),
          new Standing("alpha", Map.of(1L, 0.2, 2L, 0.6)),
          new Standing("gone", Map.of()));

  @Test
  void theBestGoOnTiesByNameAndTheReferenceBesides() {
    RungDecision decision = RungDecision.of(1, RUNG, STANDINGS, "reference");

    // alpha, beta and delta have the mean 0.4.
    assertThat(decision.standings())
        .extracting(Standing::arm)
        .containsExactly("alpha", "beta", "delta", "reference", "gone");
    assertThat(decision.promoted()).containsExactly("alpha", "beta", "reference");
    assertThat(decision.seeds("beta")).containsExactly(1L);
    assertThat(decision.stops("delta")).isTrue();
    assertThat(decision.stops("reference")).isFalse();
    assertThat(decision.words("delta"))
        .contains("rung 1 (step 10)", "0.400", "place 3 of 5")
        .contains("no verdict");
    assertThat(decision.words("gone")).contains("skipped");
  }

  @Test
  void theReferenceMayWinItsPlace() {
    RungDecision decision = RungDecision.of(1, RUNG, STANDINGS, "alpha");

    assertThat(decision.promoted()).containsExactly("alpha", "beta");
  }

  @Test
  void theRowReadsBack() {
    RungDecision decision = RungDecision.of(2, RUNG, STANDINGS, "reference");

    assertThat(RungDecision.read(2, decision.tree())).isEqualTo(decision);
  }
}
