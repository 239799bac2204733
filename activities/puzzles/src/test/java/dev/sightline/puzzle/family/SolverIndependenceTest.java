package dev.sightline.puzzle.family;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Two solvers that share a rule share its mistake. A reference solver (name ends in
 * ReferenceSolver) may read scene and question records and the JDK, nothing else of its family; no
 * other class but the family that offers it may use it.
 */
class SolverIndependenceTest {
  private static final String ROOT = "dev.sightline.puzzle";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void referenceSolversStandAlone() {
    List<String> broken = new ArrayList<>();
    Set<String> families = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (!reference(type)) {
        continue;
      }
      families.add(type.getPackageName());
      for (var dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT) && !reference(target) && !shared(target)) {
          broken.add(type.getName() + " uses " + target.getName());
        }
      }
      for (var dependency : type.getDirectDependenciesToSelf()) {
        JavaClass origin = dependency.getOriginClass();
        if (!reference(origin)
            && !outermost(origin).startsWith("Configured")
            && !outermost(origin).endsWith("Family")) {
          broken.add(origin.getName() + " uses " + type.getName());
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(families).isNotEmpty();
  }

  /** Scene records hold data: whoever interprets it is a solver's own code. */
  @Test
  void scenesKnowNoRules() {
    List<String> broken = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      if (type.getSimpleName().endsWith("Scene") && type.isRecord()) {
        for (var dependency : type.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (target.getPackageName().startsWith(ROOT)
              && !target.getName().startsWith(type.getName())
              && !target.isRecord()
              && !target.isEnum()
              && !target.getName().equals(ROOT + ".Scene")) {
            broken.add(type.getName() + " uses " + target.getName());
          }
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean reference(JavaClass type) {
    return outermost(type).endsWith("ReferenceSolver");
  }

  private static String outermost(JavaClass type) {
    String name = type.getName().substring(type.getPackageName().length() + 1);
    int dollar = name.indexOf('$');
    return dollar < 0 ? name : name.substring(0, dollar);
  }

  private static boolean shared(JavaClass type) {
    return type.getName().equals(ROOT + ".Question")
        || type.getName().equals(ROOT + ".Scene")
        || outermost(type).endsWith("Scene")
        || type.isEnum();
  }
}
