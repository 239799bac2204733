package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.dataset.DatasetItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every text. */
class RewardPropertyTest {
  /** Recorded evidence for the designs that take some. */
  private static final Recorded RECORDED = new Recorded("4", "5", 0.5, 30);

  /** Terms that look at the text as a whole, so that prose outside of tags is theirs to judge. */
  private static final List<String> OF_THE_WHOLE =
      List.of("format", "repetition", "overlong", "cosine_length", "length_only", "vowels");

  private static final List<RewardDesign> DESIGNS =
      RewardDesigns.names().stream()
          .map(name -> RewardDesign.of(RewardDesigns.byName(name).orElseThrow()))
          .toList();

  private static final List<String> PIECES =
      Stream.concat(
              Stream.of(Tag.values()).flatMap(tag -> Stream.of(tag.opening(), tag.closing())),
              Stream.of(
                  "TRUTH",
                  "GOLD",
                  "4",
                  "3 or 4",
                  "It is so. ",
                  "It is so. ",
                  "Why? ",
                  "\n",
                  " ",
                  "<ANSWER>",
                  "</Answer>",
                  "<image_description>",
                  "<",
                  ">",
                  "</",
                  "<answer",
                  "--F/-FF/RF-",
                  "\u00c4\u00df\u0130",
                  "\uD83E\uDD5D",
                  "\u0000",
                  "**4**",
                  "\\boxed{4}"))
          .toList();

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(PIECES)
        .list()
        .ofMaxSize(24)
        .map(
            pieces ->
                String.join("", pieces)
                    .replace("TRUTH", Items.known().description())
                    .replace("GOLD", Items.known().answer()));
  }

  private static Attempt attempt(RewardDesign design, String text) {
    return Items.attempt(design.template(), Items.known(), text, Mode.IMAGE)
        .with(RECORDED)
        .at(50, SeedTree.root(1));
  }

  private static Map<String, ScoredCompletion.TermScore> byName(ScoredCompletion scored) {
    return scored.terms().stream()
        .collect(Collectors.toMap(ScoredCompletion.TermScore::name, Function.identity()));
  }

  @Property(tries = 300)
  void totalsAreTheWeightedSumsAndStayWithinTheirBounds(@ForAll("texts") String text) {
    for (RewardDesign design : DESIGNS) {
      ScoredCompletion scored = design.score(attempt(design, text));
      double sum = 0;
      for (int i = 0; i < scored.terms().size(); i++) {
        ScoredCompletion.TermScore term = scored.terms().get(i);
        assertThat(term.applies()).as(term.name()).isTrue();
        double raw = term.raw() == null ? Double.NaN : term.raw();
        RewardTerm.Range range = design.terms().get(i).range();
        assertThat(raw).isBetween(range.low(), range.high());
        assertThat(term.weight()).isEqualTo(design.terms().get(i).weight(50));
        assertThat(term.value()).isEqualTo(term.weight() * raw);
        sum += term.weight() * raw;
      }
      assertThat(scored.total()).isEqualTo(sum);
      RewardTerm.Range bounds = design.range(50);
      assertThat(scored.total()).isBetween(bounds.low() - 1e-12, bounds.high() + 1e-12);
      assertThat(CanonicalJson.text(scored.toMap())).contains("\"total\"");
      assertThat(design.score(attempt(design, text))).isEqualTo(scored);
    }
  }

  @Property(tries = 300)
  void weightsScaleAndTheOrderOfTermsMeansNothing(
      @ForAll("texts") String text,
      @ForAll @IntRange(min = -50, max = 50) int scale,
      @ForAll Random random) {
    for (RewardDesign design : DESIGNS) {
      List<WeightedTerm> terms = new ArrayList<>();
      for (WeightedTerm term : design.terms()) {
        terms.add(
            new WeightedTerm(
                term.key(),
                term.term(),
                term.weight() * scale,
                term.schedule(),
                term.settings(),
                term.clip()));
      }
      Collections.shuffle(terms, random);
      RewardDesign other = new RewardDesign("other", design.template(), terms, Clip.NONE);
      ScoredCompletion before = design.score(attempt(design, text));
      ScoredCompletion after = other.score(attempt(other, text));
      assertThat(after.total()).isCloseTo(scale * before.total(), within(1e-9));
      assertThat(after.judgement()).isEqualTo(before.judgement());
      byName(before)
          .forEach(
              (name, term) ->
                  assertThat(byName(after))
                      .hasEntrySatisfying(
                          name, same -> assertThat(same.raw()).isEqualTo(term.raw())));
    }
  }

  /** Prose where no tag is open, and no tag is made by it. */
  @Property(tries = 500)
  void proseOutsideOfTagsChangesOnlyLengthRepetitionAndFormat(
      @ForAll("bodies") List<String> parts,
      @ForAll("prose") String prose,
      @ForAll @IntRange(max = 4) int place) {
    List<String> with = new ArrayList<>(parts);
    with.add(Math.min(place, parts.size()), prose);
    for (RewardDesign design : DESIGNS) {
      ScoredCompletion before = design.score(attempt(design, String.join("", parts)));
      ScoredCompletion after = design.score(attempt(design, String.join("", with)));
      for (int i = 0; i < before.terms().size(); i++) {
        if (!OF_THE_WHOLE.contains(design.terms().get(i).term().name())) {
          assertThat(after.terms().get(i)).isEqualTo(before.terms().get(i));
        }
      }
      assertThat(after.parse().tags()).isEqualTo(before.parse().tags());
      assertThat(after.judgement().perception()).isEqualTo(before.judgement().perception());
      assertThat(after.judgement().accurate()).isEqualTo(before.judgement().accurate());
    }
  }

  @Provide
  Arbitrary<List<String>> bodies() {
    Arbitrary<String> content =
        Arbitraries.of(
            "4",
            "5",
            "--F/-FF/RF-",
            "It is so. It is not.",
            "",
            "One. One.",
            "<visual>a. b</visual>");
    Arbitrary<Tag> tags = Arbitraries.of(Tag.values()).filter(tag -> tag != Tag.VISUAL);
    return net.jqwik.api.Combinators.combine(tags, content)
        .as((tag, inside) -> tag.opening() + inside + tag.closing())
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> prose() {
    return Arbitraries.of(
        " So. ", "Look: 17 boxes. ", "a < b > c", "\n\n", "4", "</nothing>", "\u00e4 \uD83E\uDD5D");
  }

  /** One more true cell never lowers a perception term or the gated reward. */
  @Property(tries = 500)
  void moreTruthNeverPaysLess(@ForAll @IntRange(max = 299) int index, @ForAll Random random) {
    DatasetItem item = Items.ALL.get(index);
    char[] truth = item.description().toCharArray();
    char[] told = truth.clone();
    for (int i = 0; i < told.length; i++) {
      if (told[i] != '/') {
        told[i] = "-FR".charAt(random.nextInt(3));
      }
    }
    double before = -1;
    for (int i = -1; i < told.length; i++) {
      if (i >= 0) {
        told[i] = truth[i];
      }
      String text =
          "<description>"
              + new String(told)
              + "</description><answer>"
              + item.answer()
              + "</answer>";
      RewardDesign gated = RewardDesign.of(RewardDesigns.byName("perception_gated").orElseThrow());
      double now = Items.score(gated, item, text, Mode.IMAGE).total();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
    assertThat(before).isEqualTo(1);
  }

  /** Long texts that are made to be slow; quadratic work would take minutes. */
  static Stream<String> hostile() {
    int n = 1 << 19;
    return Stream.of(
        "<".repeat(n),
        "</".repeat(n),
        "<think>".repeat(n / 4),
        "</think>".repeat(n / 4),
        "<think></think>".repeat(n / 8),
        "<think>" + "<visual>".repeat(n / 8) + "</visual>".repeat(n / 8) + "</think>",
        "<description>"
            + "-F/".repeat(n / 2)
            + "</description><answer>"
            + "1".repeat(n)
            + "</answer>",
        "<description>".repeat(n / 16) + "</description>".repeat(n / 16),
        "<answer>" + "1:".repeat(n) + "</answer>",
        "<image description>" + "a.".repeat(n) + "</image description>",
        "<think>"
            + "\u0130. ".repeat(n / 2)
            + "</think><answer>"
            + "\u0130".repeat(n / 2)
            + "</answer>",
        "<description>" + "\u0130".repeat(n) + "</description>",
        Stream.iterate(0, i -> i + 1)
            .limit(n / 8)
            .map(i -> "s" + i + ".")
            .collect(Collectors.joining("", "<think>", "</think>")),
        "**".repeat(n),
        "\\boxed{".repeat(n / 8),
        "\n".repeat(n) + "<answer>",
        "\uD83E".repeat(n),
        "a ".repeat(n));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileTextsTakeLinearTime(String text) {
    long begun = System.nanoTime();
    for (String name : List.of("mixture", "visual_fusion", "perception_solved", "judge_recall")) {
      RewardDesign design = RewardDesign.of(RewardDesigns.byName(name).orElseThrow());
      ScoredCompletion scored = design.score(attempt(design, text));
      assertThat(scored.total()).isFinite();
      assertThat(scored.parse().tags()).hasSizeLessThanOrEqualTo(Parse.MOST);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void theParseHoldsTagsInOrderWithSpansAndCounts() {
    String text = "<Think>a<visual>b</visual></THINK>x<answer>4</answer>";
    Parse parse = Items.score(DESIGNS.getFirst(), Items.known(), text, Mode.IMAGE).parse();
    assertThat(parse.tags())
        .containsExactly("think", "visual", "/visual", "/think", "answer", "/answer");
    assertThat(parse.spans().get(1).of(text)).isEqualTo("<visual>");
    assertThat(parse.counts()).isEqualTo(Map.of("think", 1, "visual", 1, "answer", 1));
    assertThat(java.util.Objects.requireNonNull(parse.answer()).of(text)).isEqualTo("4");
    assertThat(parse.description()).isNull();
  }

  @Test
  void whatDoesNotExistHasAReason() {
    RewardDesign facts = RewardDesign.of(RewardDesigns.byName("perception_facts").orElseThrow());
    String text = "<description>--F/-FF</description>";
    assertThat(Items.score(facts, Items.known(), text, Mode.IMAGE).reasons())
        .containsEntry("selfConsistency", "the description is partial")
        .containsKey("perceptionAnswer")
        .doesNotContainKeys("perception", "descriptionStatus");
    assertThat(Items.score(facts, Items.known(), text, Mode.TEXT).reasons())
        .containsEntry("perception", "with a text twin it would be copy fidelity");
    RewardItem bare = new RewardItem("4", Items.known().answerType(), null);
    ScoredCompletion scored = facts.score(Attempt.of(bare, text));
    assertThat(scored.reasons()).containsEntry("perception", "the true scene is not known");
    assertThat(scored.judgement().perception()).isNull();
    assertThat(scored.terms().getFirst().reason()).isEqualTo("the true scene is not known");
    assertThat(scored.parse().description()).isNotNull();
    assertThat(scored.parse().describedScene()).isNull();
  }
}
