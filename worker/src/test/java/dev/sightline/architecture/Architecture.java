package dev.sightline.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** The rules of the house that the module graph cannot hold. Tests see each fail on a bad class. */
final class Architecture {
  static final ArchRule TEMPORAL =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.sightline.workflow..", "dev.sightline.activity..", "dev.sightline.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.temporal..")
          .because("workflows are durable, what they run is plain Java");

  static final ArchRule MICRONAUT =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sightline.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micronaut..")
          .because("only the worker is wired");

  static final ArchRule INJECTION =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.sightline.worker..", "dev.sightline.activity..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.inject..")
          .because("parts are built by constructors, and tests build them so too");

  static final ArchRule FIELD_INJECTION =
      noFields()
          .should()
          .beAnnotatedWith(
              describe(
                  "an injection annotation",
                  annotation ->
                      Set.of(
                              "jakarta.inject.Inject",
                              "io.micronaut.context.annotation.Value",
                              "io.micronaut.context.annotation.Property")
                          .contains(annotation.getRawType().getName())))
          .because("a field that is injected cannot be final, nor set by a test");

  static final ArchRule GRPC =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sightline.triton..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.grpc..")
          .because("everyone else talks to the policy by its protocol's records");

  static final ArchRule JDBC =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.sightline.storage..", "dev.sightline.migrate..")
          // The supervisor asks PostgreSQL whether it answers, before anything else is up.
          .and()
          .doNotHaveFullyQualifiedName("dev.sightline.worker.stack.PostgresPart")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer..", "org.flywaydb..")
          .because("all else reads and writes through the stores");

  /** Who may know whom, by package; a package may always know itself and what lies in it. */
  static final List<ArchRule> ARROWS = arrows();

  /** What a workflow may not do: its history must replay to the same commands for ever. */
  static final List<ArchRule> WORKFLOW_PURITY =
      List.of(
          workflows("no clock, no chance, no threads of their own", Architecture::impure),
          noClasses()
              .that()
              .resideInAPackage("dev.sightline.workflow.internal..")
              .should()
              .dependOnClassesThat(
                  resideInAnyPackage(
                          "java.io..", "java.nio..", "java.net..", "java.sql..", "javax.sql..")
                      .or(resideInAPackage("java.util.concurrent.."))
                      .and(
                          describe(
                              "are not units of time or errors",
                              type ->
                                  !Set.of("java.util.concurrent.TimeUnit", "java.io.Serializable")
                                      .contains(type.getName()))))
              .because("files, sockets, databases and executors live in activities"),
          workflows(
              "log by Workflow.getLogger, which is silent in a replay",
              call -> call.getTargetOwner().isEquivalentTo(org.slf4j.LoggerFactory.class)),
          workflows(
              "use collections that keep an order",
              call ->
                  call.getName().equals("<init>")
                      && (call.getTargetOwner().isEquivalentTo(HashMap.class)
                          || call.getTargetOwner().isEquivalentTo(HashSet.class))));

  private Architecture() {}

  private static ArchRule workflows(String what, java.util.function.Predicate<JavaCall<?>> bad) {
    return noClasses()
        .that()
        .resideInAPackage("dev.sightline.workflow.internal..")
        .should()
        .callCodeUnitWhere(describe("breaks: " + what, bad))
        .because("workflows " + what);
  }

  private static boolean impure(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    String name = call.getName();
    return (owner.isEquivalentTo(System.class)
            && Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty").contains(name))
        || (owner.getPackageName().equals("java.time") && name.equals("now"))
        || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
        || (owner.isEquivalentTo(Math.class) && name.equals("random"))
        || (owner.isAssignableTo(Random.class) && name.equals("<init>"))
        || owner.isEquivalentTo(Thread.class);
  }

  private static List<ArchRule> arrows() {
    Map<String, List<String>> known = new LinkedHashMap<>();
    known.put("foundation", List.of());
    known.put("statistics", List.of());
    known.put("migrate", List.of());
    known.put("puzzle", List.of("foundation"));
    known.put("dataset", List.of("foundation", "puzzle"));
    known.put("reward", List.of("foundation", "puzzle", "spec"));
    known.put("triton", List.of("foundation"));
    known.put("storage", List.of("foundation"));
    known.put("report", List.of("foundation", "statistics"));
    known.put("spec", List.of("foundation"));
    known.put("workflow", List.of("foundation", "spec"));
    known.put(
        "activity",
        List.of(
            "foundation",
            "puzzle",
            "reward",
            "statistics",
            "triton",
            "storage",
            "report",
            "spec",
            "workflow"));
    List<ArchRule> rules = new ArrayList<>();
    known.forEach(
        (name, others) -> {
          List<String> allowed = new ArrayList<>(List.of("dev.sightline." + name + ".."));
          others.forEach(other -> allowed.add("dev.sightline." + other + ".."));
          rules.add(
              classes()
                  .that()
                  .resideInAPackage("dev.sightline." + name + "..")
                  .should()
                  .onlyDependOnClassesThat(
                      resideInAPackage("dev.sightline..")
                          .negate()
                          .or(resideInAnyPackage(allowed.toArray(String[]::new))))
                  .because(name + " stands on " + (others.isEmpty() ? "nothing of ours" : others)));
        });
    rules.add(
        noClasses()
            .that(
                outside("dev.sightline.workflow.internal..").and(outside("dev.sightline.worker..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sightline.workflow.internal..")
            .because("the contract is all that others know of a workflow"));
    return List.copyOf(rules);
  }

  private static DescribedPredicate<JavaClass> outside(String packages) {
    return DescribedPredicate.not(resideInAPackage(packages));
  }
}
