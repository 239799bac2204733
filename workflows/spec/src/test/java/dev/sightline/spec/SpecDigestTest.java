package dev.sightline.spec;

import static dev.sightline.spec.Examples.CATALOGS;
import static dev.sightline.spec.Examples.SHORT;
import static dev.sightline.spec.Examples.valid;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.foundation.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecDigestTest {
  private static final Digest DATASET = Digest.ofText("data");

  /** Changes when a default or a name changes: then every experiment gets another id. */
  @Test
  void anExperimentKeepsItsId() {
    assertThat(SpecDigest.experimentId(valid(SHORT))).isEqualTo("short-ec689140cc5c");
  }

  @Property(tries = 200)
  void readingWhatWasWrittenGivesTheSame(@ForAll("specs") ExperimentSpec spec)
      throws JsonProcessingException {
    SpecReader reader = new SpecReader(Catalogs.NONE);
    assertThat(reader.check(spec)).isEqualTo(new SpecResult.Valid(spec, List.of()));
    String json = new ObjectMapper().writeValueAsString(SpecWriter.tree(spec));
    assertThat(reader.readTree(new ObjectMapper().readValue(json, Object.class)))
        .isEqualTo(new SpecResult.Valid(spec, List.of()));
    assertThat(reader.readYaml("x.yaml", json)).isEqualTo(new SpecResult.Valid(spec, List.of()));
  }

  @Property(tries = 100)
  void theOrderOfKeysChangesNothing(@ForAll("specs") ExperimentSpec spec, @ForAll long order) {
    Object shuffled = shuffle(SpecWriter.tree(spec), new Random(order));
    SpecResult result = new SpecReader(Catalogs.NONE).readTree(shuffled);
    assertThat(SpecDigest.of(((SpecResult.Valid) result).spec())).isEqualTo(SpecDigest.of(spec));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# a comment\n",
        "title: Why?\n",
        "operations: { threads: 2, keepCheckpoints: 9, retry: { maximumAttempts: 1 } }\n",
        "seed: 20260101\n",
        "training: { learningRate: 1e-4, steps: 40 }\n"
      })
  void whatChangesNoNumberChangesNoId(String line) {
    assertThat(SpecDigest.of(valid(SHORT + line))).isEqualTo(SpecDigest.of(valid(SHORT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed: 2\n",
        "seeds: [2]\n",
        "policy: { seed: 8 }\n",
        "warmStart: {}\n",
        "training: { steps: 41 }\n",
        "evaluation: { batchItems: 63 }\n"
      })
  void whatChangesNumbersChangesTheId(String line) {
    assertThat(SpecDigest.of(valid(SHORT + line))).isNotEqualTo(SpecDigest.of(valid(SHORT)));
  }

  @Test
  void theDataSetDependsOnSeedFamilyAndCountsOnly() {
    Digest base = SpecDigest.dataset(valid(SHORT), "1");
    assertThat(SpecDigest.dataset(valid(SHORT + "training: { steps: 1 }\n"), "1")).isEqualTo(base);
    assertThat(SpecDigest.dataset(valid(SHORT + "warmStart: {}\n"), "1")).isEqualTo(base);
    assertThat(SpecDigest.dataset(valid(SHORT), "2")).isNotEqualTo(base);
    assertThat(SpecDigest.dataset(valid(SHORT + "seed: 2\n"), "1")).isNotEqualTo(base);
    assertThat(SpecDigest.dataset(valid(SHORT.replace("dev: 8", "dev: 9")), "1"))
        .isNotEqualTo(base);
  }

  @Test
  void aRunDependsOnItsDesignAndSeedButNotOnItsNameNorOnRounds() {
    Digest base = run(SHORT, 1);
    assertThat(run(SHORT.replace("only_accuracy", "answer_only"), 1)).isEqualTo(base);
    assertThat(run(SHORT + "training: { stepsPerRound: 7, checkpointEveryRounds: 3 }\n", 1))
        .isEqualTo(base);
    assertThat(run(SHORT + "evaluation: { bootstrapSamples: 100 }\n", 1)).isEqualTo(base);
    assertThat(run(SHORT, 2)).isNotEqualTo(base);
    assertThat(run(SHORT + "seed: 2\n", 1)).isNotEqualTo(base);
    assertThat(run(SHORT + "warmStart: {}\n", 1)).isNotEqualTo(base);
    assertThat(run(SHORT + "warmStart: { stepsPerRound: 3 }\n", 1))
        .isEqualTo(run(SHORT + "warmStart: {}\n", 1));
    assertThat(run(SHORT + "warmStart: { steps: 300 }\n", 1))
        .isNotEqualTo(run(SHORT + "warmStart: {}\n", 1));
    assertThat(run(SHORT.replace("weight: 1.0", "weight: 0.5"), 1)).isNotEqualTo(base);
    assertThat(run(SHORT + "training: { zeroAdvantage: skip }\n", 1)).isNotEqualTo(base);
  }

  @Test
  void anEvaluationDoesNotDependOnTheOrderOfModes() {
    EvaluationSpec one = evaluation(List.of(EvaluationMode.TEXT, EvaluationMode.IMAGE), "c1");
    assertThat(evaluation(List.of(EvaluationMode.IMAGE, EvaluationMode.TEXT), "c1").digest())
        .isEqualTo(one.digest());
    assertThat(evaluation(List.of(EvaluationMode.TEXT), "c1").digest()).isNotEqualTo(one.digest());
    assertThat(evaluation(one.modes(), "c2").digest()).isNotEqualTo(one.digest());
  }

  @Test
  void idsAreTheDesigns() {
    assertThat(Ids.ablation("x-1")).isEqualTo("ablation/x-1");
    assertThat(Ids.run("x-1", "a1", -3)).isEqualTo("run/x-1/a1/-3");
    assertThat(Ids.warmStart("x-1", 7)).isEqualTo("run/x-1/warm-start/7");
    assertThat(Ids.dataset(DATASET)).isEqualTo("dataset/" + DATASET.hex());
    assertThat(Ids.evaluation(DATASET)).isEqualTo("evaluation/" + DATASET.hex());
  }

  private static Digest run(String yaml, long seed) {
    ExperimentSpec spec = valid(yaml);
    return SpecDigest.run(spec, DATASET, spec.arms().getFirst(), seed);
  }

  private static EvaluationSpec evaluation(List<EvaluationMode> modes, String checkpoint) {
    return EvaluationSpec.of(valid(SHORT), checkpoint, DATASET, Split.TEST, "probe", modes);
  }

  private static @Nullable Object shuffle(@Nullable Object tree, Random order) {
    if (tree instanceof Map<?, ?> map) {
      List<Object> keys = new ArrayList<>(map.keySet());
      Collections.shuffle(keys, order);
      Map<Object, @Nullable Object> shuffled = new LinkedHashMap<>();
      keys.forEach(key -> shuffled.put(key, shuffle(map.get(key), order)));
      return shuffled;
    }
    return tree instanceof List<?> list
        ? list.stream().map(entry -> shuffle(entry, order)).toList()
        : tree;
  }

  /** Letters, and what means something to YAML or JSON; control characters are not legal YAML. */
  private static StringArbitrary texts(int longest) {
    return Arbitraries.strings()
        .withChars("aZ09 :#'\"\\\n-[]{}&*?|>%@`,~.ä\u4e2d")
        .ofMaxLength(longest);
  }

  /** Valid specs that differ from the example in every kind of field. */
  @Provide
  static Arbitrary<ExperimentSpec> specs() {
    ExperimentSpec base = valid(SHORT);
    ExperimentSpec withWarmStart = valid(SHORT + "warmStart: {}\n");
    Arbitrary<ExperimentSpec.Term> terms =
        Combinators.combine(
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(9),
                Arbitraries.doubles().between(-1000, 1000).ofScale(6),
                texts(5).injectNull(0.5))
            .as((term, weight, parameter) -> new ExperimentSpec.Term(term, weight, parameter));
    Arbitrary<ExperimentSpec.Arm> arms =
        Combinators.combine(terms.list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(true, false))
            .as(
                (list, shuffled) ->
                    new ExperimentSpec.Arm("only_accuracy", "probe", list, shuffled));
    Arbitrary<Map<String, Object>> configs =
        Arbitraries.maps(
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5),
                Arbitraries.oneOf(
                    Arbitraries.longs().between(-(1L << 53), 1L << 53).map(n -> (Object) n),
                    texts(8).map(s -> (Object) s),
                    Arbitraries.of((Object) true, List.of("a", 1L), Map.of("b", 0.5))))
            .ofMaxSize(3);
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.longs().list().uniqueElements().ofMinSize(1).ofMaxSize(4),
            texts(20),
            arms,
            configs,
            Arbitraries.doubles().between(0, false, 1, false).injectNull(0.5),
            Arbitraries.of(base, withWarmStart))
        .as(
            (seed, seeds, title, arm, config, delta, start) ->
                new ExperimentSpec(
                    "short",
                    title,
                    seed,
                    seeds,
                    base.policy(),
                    new ExperimentSpec.Dataset(
                        "rotting_kiwi",
                        config,
                        base.dataset().imageSize(),
                        java.util.Objects.requireNonNull(base.dataset().counts())),
                    start.warmStart(),
                    base.training(),
                    List.of(arm),
                    base.evaluation(),
                    new ExperimentSpec.Statistics("only_accuracy", 0.9, delta),
                    base.operations(),
                    null));
  }

  @Test
  void catalogsChangeNoDigest() {
    SpecResult with = new SpecReader(CATALOGS).readYaml("x", SHORT);
    SpecResult without = new SpecReader(Catalogs.NONE).readYaml("x", SHORT);
    assertThat(with).isEqualTo(without);
  }
}
