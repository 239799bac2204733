package dev.sightline.puzzle.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.dataset.DatasetPlan.Counts;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import dev.sightline.puzzle.dataset.DatasetPlan.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code -Dsightline.families=all} (or a list) widens the first test. */
class ManyFamiliesTest {
  private static final ImageSize SIZE = new ImageSize(224, 224);
  private static final Map<String, Object> SMALL = Map.of("rows", 2, "columns", 3);

  private static DatasetPlan plan(long seed, Part... parts) {
    boolean kiwis = parts[0].family().equals("rotting_kiwi");
    return new DatasetPlan(List.of(parts), kiwis ? new ImageSize(84, 84) : SIZE, seed);
  }

  private static List<DatasetItem> all(Assembly assembly) {
    return Stream.of(Split.values()).flatMap(split -> assembly.of(split).stream()).toList();
  }

  private static DatasetManifest manifest(DatasetPlan plan, Assembly assembly) {
    ManifestBuilder builder = new ManifestBuilder(plan);
    all(assembly).forEach(builder::add);
    return builder.build(assembly.portions());
  }

  private static void isSound(DatasetPlan plan, Assembly assembly) {
    assertThat(DatasetVerifier.verify(plan, assembly)).isEmpty();
    Set<String> ids = new HashSet<>();
    Map<Digest, Split> forms = new LinkedHashMap<>();
    for (DatasetItem item : all(assembly)) {
      assertThat(ids.add(item.id())).as(item.id()).isTrue();
      Split before = forms.putIfAbsent(item.canonicalKey(), item.split());
      assertThat(before == null ? item.split() : before).as(item.id()).isEqualTo(item.split());
      assertThat(DatasetItem.fromMap(item.toMap())).isEqualTo(item);
    }
  }

  @Test
  void familiesStandSideBySideWhateverTheOrderOfShards() {
    String wanted = System.getProperty("sightline.families", "clock,rotting_kiwi,tower_of_hanoi");
    List<String> names = wanted.equals("all") ? PuzzleFamilies.names() : List.of(wanted.split(","));
    int count = Integer.getInteger("sightline.items", 20);
    DatasetPlan plan =
        new DatasetPlan(
            names.stream()
                .map(
                    name -> new Part(name, Map.of(), new Counts(count, count / 10 + 2, count / 10)))
                .toList(),
            SIZE,
            5);
    assertThat(DatasetAssembler.check(plan)).isEmpty();
    Assembly assembly = DatasetAssembler.make(plan);
    isSound(plan, assembly);
    assertThat(assembly.train()).hasSize(count * names.size());
    assertThat(assembly.train().stream().map(DatasetItem::family).distinct().toList())
        .isEqualTo(names);
    DatasetManifest manifest = manifest(plan, assembly);
    assertThat(manifest(plan, Makers.make(plan, true)).bytes()).isEqualTo(manifest.bytes());
    assertThat(DatasetManifest.fromMap(manifest.toMap()).bytes()).isEqualTo(manifest.bytes());
    System.out.println(CanonicalJson.text(manifest.toMap()).substring(0, 600));
  }

  @Test
  void aSmallSpaceIsSharedByHashAndRepeatsScenesWithOtherQuestions() {
    DatasetPlan plan = plan(11, new Part("clock", Map.of(), new Counts(740, 40, 80)));
    Assembly assembly = DatasetAssembler.make(plan);
    assertThat(assembly.portions().getFirst().rule()).isEqualTo(SplitRule.RESERVED_SHARE);
    isSound(plan, assembly);
    Set<Digest> faces = new TreeSet<>();
    Set<Digest> keys = new TreeSet<>();
    for (DatasetItem item : assembly.train()) {
      faces.add(item.canonicalKey());
      keys.add(item.itemKey());
    }
    assertThat(keys).hasSize(740);
    assertThat(faces).hasSizeBetween(360, 620);
    Set<Digest> test = new TreeSet<>();
    assembly.test().forEach(item -> test.add(item.canonicalKey()));
    assertThat(test).hasSizeBetween(30, 100).doesNotContainAnyElementsOf(faces);
  }

  @Test
  void levelsSpreadTheCountsEvenlyAndKeepTheirSplitsApart() {
    DatasetPlan plan =
        plan(3, new Part("clock", Map.of(), List.of(1, 2, 3), new Counts(100, 8, 10)));
    assertThat(plan.portions())
        .extracting(Portion::label)
        .containsExactly("clock.1", "clock.2", "clock.3");
    assertThat(plan.portions())
        .extracting(Portion::counts)
        .containsExactly(new Counts(34, 3, 4), new Counts(33, 3, 3), new Counts(33, 2, 3));
    Assembly assembly = DatasetAssembler.make(plan);
    isSound(plan, assembly);
    for (DatasetItem item : all(assembly)) {
      assertThat(item.id()).startsWith("clock." + item.level() + "/");
    }
    assertThatThrownBy(() -> new Part("clock", Map.of("level", 1), List.of(2), new Counts(1, 1, 1)))
        .hasMessageContaining("exclude each other");
  }

  @Test
  void twoPartsOfOneFamilyShareNoItemAndNoFormBetweenSplits() {
    for (long seed = 1; seed <= 3; seed++) {
      DatasetPlan plan =
          plan(
              seed,
              new Part("rotting_kiwi", SMALL, new Counts(120, 10, 10)),
              new Part("rotting_kiwi", SMALL, new Counts(100, 10, 10)));
      Assembly assembly = DatasetAssembler.make(plan);
      isSound(plan, assembly);
      PortionOutcome.Tally second = assembly.portions().get(1).of(Split.TRAIN);
      assertThat(second.kept()).isEqualTo(100);
      // Far more than the spare candidates were dropped, so that further shards were made.
      assertThat(second.drops().getOrDefault(DropReason.REPEATED_ITEM, 0)).isGreaterThan(20);
      assertThat(manifest(plan, Makers.make(plan, true)).bytes())
          .isEqualTo(manifest(plan, assembly).bytes());
    }
  }

  @Test
  void avoidsTheScenesOfAnImportedTestSet() {
    DatasetPlan foreign = plan(1, new Part("clock", Map.of(), new Counts(60, 1, 1)));
    Set<Digest> imported = new TreeSet<>();
    DatasetAssembler.make(foreign).train().forEach(item -> imported.add(item.canonicalKey()));
    for (Map.Entry<String, Map<String, Object>> family :
        Map.of("clock", Map.<String, Object>of(), "rotting_kiwi", SMALL).entrySet()) {
      DatasetPlan free =
          plan(2, new Part(family.getKey(), family.getValue(), new Counts(100, 10, 10)));
      Set<Digest> avoid = new TreeSet<>(imported);
      DatasetAssembler.make(free).train().stream()
          .limit(5)
          .forEach(item -> avoid.add(item.canonicalKey()));
      DatasetPlan plan = free.avoiding(avoid);
      assertThat(DatasetPlan.fromMap(plan.toMap())).isEqualTo(plan);
      Assembly assembly = DatasetAssembler.make(plan);
      isSound(plan, assembly);
      assertThat(assembly.train()).noneMatch(item -> avoid.contains(item.canonicalKey()));
      assertThat(assembly.dev()).noneMatch(item -> avoid.contains(item.canonicalKey()));
      assertThat(DatasetVerifier.verify(plan, DatasetAssembler.make(free)))
          .anyMatch(line -> line.contains("among those to avoid"));
    }
  }

  @Test
  void anExhaustedSpaceNamesTheLargestCountThatFits() {
    Part small = new Part("rotting_kiwi", SMALL, new Counts(395, 5, 5));
    DatasetPlan plan = plan(1, small, small);
    assertThatThrownBy(() -> DatasetAssembler.make(plan))
        .isInstanceOfSatisfying(
            SightlineException.class,
            e -> assertThat(e.type()).isEqualTo(FailureType.SPACE_EXHAUSTED))
        .hasMessageContaining("parts[1].counts.train: asked for 395 items")
        .hasMessageContaining("use at most ");
    Part tooLarge = new Part("rotting_kiwi", SMALL, new Counts(500, 5, 5));
    assertThat(DatasetAssembler.check(plan(1, tooLarge, small)).orElseThrow())
        .startsWith("parts[0].counts.train: 500 items, but the split's share")
        .contains("use at most 403");
  }

  @Test
  void theVerifierSeesASceneOfAnotherSplitAndAForeignQuestion() {
    DatasetPlan plan = plan(4, new Part("clock", Map.of(), new Counts(30, 6, 6)));
    Assembly good = DatasetAssembler.make(plan);
    List<DatasetItem> dev = new ArrayList<>(good.dev());
    DatasetItem test = good.test().getFirst();
    Map<String, Object> moved = new LinkedHashMap<>(test.toMap());
    moved.put("id", dev.getFirst().id());
    moved.put("split", "dev");
    moved.put("perceptionQuestion", dev.getFirst().perceptionQuestion().toMap());
    dev.set(0, DatasetItem.fromMap(moved));
    List<String> problems =
        DatasetVerifier.verify(
            plan,
            good.portions().stream().map(PortionOutcome::rule).toList(),
            Stream.of(good.train(), dev, good.test()).flatMap(List::stream).iterator(),
            ForkJoinPool.commonPool(),
            done -> {});
    assertThat(problems).anyMatch(line -> line.contains("is reserved for another split"));
    assertThat(problems).anyMatch(line -> line.contains("the perception question"));

    DatasetManifest manifest = manifest(plan, good);
    ManifestBuilder again = new ManifestBuilder(plan);
    all(good).forEach(again::add);
    assertThat(again.differences(manifest)).isEmpty();
    ManifestBuilder other = new ManifestBuilder(plan);
    all(good).stream().skip(1).forEach(other::add);
    assertThat(other.differences(manifest))
        .contains(
            "train: the items are not those of the manifest",
            "manifest: kinds of clock is not what the items give");
  }

  @Test
  void presetsArePlansOfKnownFamilies() {
    assertThat(DatasetPresets.names()).containsExactly("clock-3k", "diverse-8k", "gold-9x100");
    assertThat(DatasetPresets.byName("clock-4k")).isEmpty();
    for (String name : DatasetPresets.names()) {
      List<Part> parts = DatasetPresets.byName(name).orElseThrow();
      DatasetPlan plan = new DatasetPlan(parts, SIZE, 1);
      assertThat(plan.counts().test()).isEqualTo(900);
      for (Part part : parts) {
        if (PuzzleFamilies.byName(part.family()).isPresent()) {
          PuzzleFamilies.configure(part.family(), part.config());
        } else {
          System.out.println("preset " + name + ": this build has no " + part.family());
        }
      }
    }
  }
}
