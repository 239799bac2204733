package dev.sightline.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.sightline.activity.badexample.KnowsWorkflowInternals;
import dev.sightline.puzzle.badexample.InjectsField;
import dev.sightline.puzzle.badexample.UsesGrpc;
import dev.sightline.puzzle.badexample.UsesJdbc;
import dev.sightline.puzzle.badexample.UsesMicronaut;
import dev.sightline.puzzle.badexample.UsesTemporal;
import dev.sightline.spec.badexample.KnowsContract;
import dev.sightline.statistics.badexample.KnowsPuzzles;
import dev.sightline.workflow.internal.badexample.Impure;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All production code keeps the rules, and each rule is seen to fail on a class that breaks it. */
final class ArchitectureTest {
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sightline");

  static Stream<ArchRule> rules() {
    return Stream.of(
            Stream.of(
                Architecture.TEMPORAL,
                Architecture.MICRONAUT,
                Architecture.INJECTION,
                Architecture.FIELD_INJECTION,
                Architecture.GRPC,
                Architecture.JDBC),
            Architecture.ARROWS.stream(),
            Architecture.WORKFLOW_PURITY.stream())
        .flatMap(rules -> rules);
  }

  static Stream<Arguments> breaches() {
    List<ArchRule> purity = Architecture.WORKFLOW_PURITY;
    return Stream.of(
        Arguments.of(Architecture.TEMPORAL, UsesTemporal.class),
        Arguments.of(Architecture.MICRONAUT, UsesMicronaut.class),
        Arguments.of(Architecture.INJECTION, InjectsField.class),
        Arguments.of(Architecture.FIELD_INJECTION, InjectsField.class),
        Arguments.of(Architecture.GRPC, UsesGrpc.class),
        Arguments.of(Architecture.JDBC, UsesJdbc.class),
        Arguments.of(arrowOf("statistics"), KnowsPuzzles.class),
        Arguments.of(arrowOf("spec"), KnowsContract.class),
        Arguments.of(Architecture.ARROWS.getLast(), KnowsWorkflowInternals.class),
        Arguments.of(purity.get(0), Impure.ReadsTheClock.class),
        Arguments.of(purity.get(0), Impure.ReadsAnotherClock.class),
        Arguments.of(purity.get(0), Impure.AsksTheDate.class),
        Arguments.of(purity.get(0), Impure.DrawsAnId.class),
        Arguments.of(purity.get(0), Impure.Draws.class),
        Arguments.of(purity.get(0), Impure.Sleeps.class),
        Arguments.of(purity.get(1), Impure.StartsThreads.class),
        Arguments.of(purity.get(1), Impure.ReadsFiles.class),
        Arguments.of(purity.get(2), Impure.LogsInReplays.class),
        Arguments.of(purity.get(3), Impure.ForgetsTheOrder.class));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void productionKeepsTheRule(ArchRule rule) {
    rule.check(PRODUCTION);
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void theRuleFailsOnWhatBreaksIt(ArchRule rule, Class<?> bad) {
    JavaClasses imported = new ClassFileImporter().importClasses(bad);

    assertThat(rule.evaluate(imported).hasViolation()).isTrue();
  }

  @Test
  void allModulesAreLookedAt() {
    assertThat(PRODUCTION.stream().map(type -> type.getPackageName().split("\\.", 4)[2]).distinct())
        .contains(
            "foundation",
            "puzzle",
            "reward",
            "statistics",
            "triton",
            "storage",
            "report",
            "spec",
            "workflow",
            "activity",
            "migrate",
            "worker");
    assertThat(PRODUCTION.stream().map(type -> type.getPackageName()).distinct())
        .noneMatch(name -> name.endsWith("badexample"));
  }

  private static ArchRule arrowOf(String name) {
    return Architecture.ARROWS.stream()
        .filter(rule -> rule.getDescription().contains("a package 'dev.sightline." + name + "..'"))
        .findFirst()
        .orElseThrow();
  }
}
