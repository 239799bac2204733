package dev.sightline.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the arms of an ablation, as trees that the reader reads on. Pure: the same section gives
 * the same arms in the same order, whatever else the file says.
 */
final class AblationArms {
  /** More arms than this are a mistake sooner than a plan. */
  static final int MOST = 512;

  private static final String WEIGHTS = "weights";
  private static final String NAME = "name";

  /** What is wrong; the field is inside the section. */
  record Complaint(String field, String problem, String fix) {}

  /**
   * @param arms trees of arms, empty when anything is wrong
   */
  record Made(List<Map<String, Object>> arms, List<Complaint> complaints) {}

  private final Ablation ablation;
  private final Designs designs;
  private final List<Complaint> complaints = new ArrayList<>();
  private final List<Map<String, Object>> arms = new ArrayList<>();

  /** The fields of an arm that a named reward design gives: template, terms, clip. */
  interface Designs {
    Optional<Map<String, Object>> fields(String design);
  }

  private AblationArms(Ablation ablation, Designs designs) {
    this.ablation = ablation;
    this.designs = designs;
  }

  /** The section must be of another design than list. */
  static Made of(Ablation ablation, Designs designs) {
    AblationArms maker = new AblationArms(ablation, designs);
    maker.shape();
    if (maker.complaints.isEmpty()) {
      maker.make();
    }
    return maker.complaints.isEmpty()
        ? new Made(List.copyOf(maker.arms), List.of())
        : new Made(List.of(), List.copyOf(maker.complaints));
  }

  private void make() {
    switch (ablation.design()) {
      case LIST -> throw new IllegalArgumentException("a list has its arms already");
      case ONE_FACTOR -> oneFactor();
      case FACTORIAL -> factorial();
      case FRACTIONAL -> fractional();
      case LEAVE_ONE_TERM_OUT -> leaveOneTermOut();
      case DOSE_RESPONSE -> doseResponse();
    }
  }

  /** Which of base, factors, dose and the fraction's fields belong to the design. */
  private void shape() {
    AblationDesign design = ablation.design();
    boolean factors =
        design == AblationDesign.ONE_FACTOR
            || design == AblationDesign.FACTORIAL
            || design == AblationDesign.FRACTIONAL;
    belongs("factors", ablation.factors(), factors, true);
    belongs("dose", ablation.dose(), design == AblationDesign.DOSE_RESPONSE, true);
    boolean fractional = design == AblationDesign.FRACTIONAL;
    belongs("generators", ablation.generators(), fractional, false);
    belongs("resolution", ablation.resolution(), fractional, false);
    if (fractional && (ablation.generators() == null) == (ablation.resolution() == null)) {
      complain(
          "generators",
          ablation.resolution() == null
              ? "and resolution are missing"
              : "and resolution are both there",
          "give one of them");
    }
    if (ablation.base() == null
        && (design == AblationDesign.LEAVE_ONE_TERM_OUT
            || design == AblationDesign.DOSE_RESPONSE)) {
      complain("base", "is missing", "give the arm that it starts from");
    }
    Set<String> names = new HashSet<>();
    for (Ablation.Factor factor : factors()) {
      if (!names.add(factor.name())) {
        complain("factors", "names " + factor.name() + " twice", "give each factor its own name");
      }
      Set<String> levels = new HashSet<>();
      for (Ablation.Level level : factor.levels()) {
        if (!levels.add(level.name())) {
          complain(
              "factors",
              "names the level " + level.name() + " of " + factor.name() + " twice",
              "give each level its own name");
        }
        if (level.set().containsKey(NAME)) {
          complain("factors", "sets an arm's name", "leave it out: the levels make the name");
        }
      }
      if (fractional && factor.levels().size() != 2) {
        complain(
            "factors",
            factor.name() + " has " + factor.levels().size() + " levels",
            "give each factor two, or take factorial");
      }
    }
    overlaps();
  }

  /** Two factors that set one field would hide each other. */
  private void overlaps() {
    Map<String, String> owner = new LinkedHashMap<>();
    for (Ablation.Factor factor : factors()) {
      Set<String> keys = new HashSet<>();
      factor.levels().forEach(level -> keys.addAll(level.set().keySet()));
      keys.stream()
          .sorted()
          .filter(key -> !key.equals(WEIGHTS))
          .forEach(
              key -> {
                String before = owner.putIfAbsent(key, factor.name());
                if (before != null) {
                  complain(
                      "factors",
                      before + " and " + factor.name() + " both set " + key,
                      "let one factor set it");
                }
              });
    }
  }

  private void belongs(String field, @Nullable Object value, boolean wanted, boolean needed) {
    String design = ablation.design().wire();
    if (value != null && !wanted) {
      complain(field, "does not belong to " + design, "leave it out");
    } else if (value == null && wanted && needed) {
      complain(field, "is missing, which " + design + " needs", "add it");
    }
  }

  private void oneFactor() {
    List<Ablation.Level> held = factors().stream().map(f -> f.levels().getFirst()).toList();
    add(baseName("base"), held);
    for (int f = 0; f < factors().size(); f++) {
      Ablation.Factor factor = factors().get(f);
      for (Ablation.Level level : factor.levels().subList(1, factor.levels().size())) {
        List<Ablation.Level> levels = new ArrayList<>(held);
        levels.set(f, level);
        add(factor.name() + "_" + level.name(), levels);
      }
    }
  }

  /** The last factor changes fastest. */
  private void factorial() {
    List<List<Ablation.Level>> all = new ArrayList<>();
    all.add(List.of());
    for (Ablation.Factor factor : factors()) {
      List<List<Ablation.Level>> longer = new ArrayList<>();
      for (List<Ablation.Level> before : all) {
        for (Ablation.Level level : factor.levels()) {
          List<Ablation.Level> levels = new ArrayList<>(before);
          levels.add(level);
          longer.add(levels);
        }
      }
      if (longer.size() > MOST) {
        tooMany();
        return;
      }
      all = longer;
    }
    all.forEach(levels -> add(joined(levels), levels));
  }

  private void tooMany() {
    complain("factors", "give more than " + MOST + " arms", "take fewer levels, or fractional");
  }

  private void fractional() {
    Optional<Fraction> fraction = fraction(ablation, complaints);
    if (fraction.isEmpty()) {
      return;
    }
    if (fraction.get().resolution() < 3) {
      complain(
          "generators",
          "cannot tell main effects apart (" + fraction.get().definingRelation() + ")",
          "let each generator be the product of two factors or more, none a product of others");
      return;
    }
    for (List<Integer> run : fraction.get().runs()) {
      List<Ablation.Level> levels = new ArrayList<>();
      for (int f = 0; f < run.size(); f++) {
        levels.add(factors().get(f).levels().get(run.get(f)));
      }
      add(joined(levels), levels);
    }
  }

  /** The fraction that generators or resolution ask for; complaints say why there is none. */
  static Optional<Fraction> fraction(Ablation ablation, List<Complaint> complaints) {
    List<Ablation.Factor> factors = ablation.factors() == null ? List.of() : ablation.factors();
    List<String> names = factors.stream().map(Ablation.Factor::name).toList();
    if (names.size() > 9) {
      complaints.add(new Complaint("factors", "are more than 9", "take fewer factors"));
      return Optional.empty();
    }
    Integer resolution = ablation.resolution();
    if (resolution != null) {
      Optional<Fraction> found = Fraction.ofResolution(names, resolution);
      if (found.isEmpty()) {
        complaints.add(
            new Complaint(
                "resolution",
                "no fraction of " + names.size() + " factors has resolution " + resolution,
                "take a smaller one, or factorial"));
      }
      return found;
    }
    Map<String, Object> generators =
        ablation.generators() == null ? Map.of() : ablation.generators();
    Map<Integer, Integer> masks = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : generators.entrySet()) {
      int generated = names.indexOf(entry.getKey());
      int mask = 0;
      boolean right = generated >= 0 && entry.getValue() instanceof List<?> list && !list.isEmpty();
      if (entry.getValue() instanceof List<?> list) {
        for (Object name : list) {
          int factor = names.indexOf(String.valueOf(name));
          right &= factor >= 0 && !generators.containsKey(String.valueOf(name));
          mask |= factor >= 0 ? 1 << factor : 0;
        }
      }
      if (!right) {
        complaints.add(
            new Complaint(
                "generators." + entry.getKey(),
                "is not a factor that is made of factors which are not generated themselves",
                "write factor: [factor, factor]"));
        return Optional.empty();
      }
      masks.put(generated, mask);
    }
    return Optional.of(new Fraction(names, masks));
  }

  private void leaveOneTermOut() {
    add(baseName("full"), List.of());
    Map<String, Object> full = base();
    List<Map<String, Object>> terms = terms(full);
    if (terms.size() < 2 && complaints.isEmpty()) {
      complain("base", "has fewer than two terms", "give it the terms to leave out in turn");
    }
    Set<String> seen = new HashSet<>();
    for (Map<String, Object> term : terms) {
      String name = String.valueOf(term.get("term"));
      if (!seen.add(name)) {
        complain("base", "has the term " + name + " twice", "give it each term once");
        return;
      }
      Map<String, Object> arm = new LinkedHashMap<>(full);
      List<Map<String, Object>> rest = new ArrayList<>(terms);
      rest.remove(term);
      write(arm, rest);
      arm.put(NAME, "without_" + name);
      arms.add(arm);
    }
  }

  private void doseResponse() {
    Ablation.Dose dose = ablation.dose();
    if (dose == null) {
      return;
    }
    String term = dose.term();
    String field = dose.field();
    if ((term == null) == (field == null)) {
      complain(
          "dose", term == null ? "has neither term nor field" : "has term and field", "give one");
      return;
    }
    if (field != null && dose.against() != null) {
      complain("dose.against", "belongs to a term's weight", "leave it out");
      return;
    }
    for (double value : dose.values()) {
      Map<String, Object> arm = base();
      if (field != null) {
        set(arm, field, value);
        arm.put(NAME, snake(field.substring(field.lastIndexOf('.') + 1)) + "_" + spelled(value));
      } else if (term != null) {
        weigh(arm, weights(arm, term, value, dose.against()));
        arm.put(NAME, term + "_" + spelled(value));
      }
      arms.add(arm);
    }
  }

  private Map<String, Object> weights(
      Map<String, Object> arm, String term, double value, @Nullable String against) {
    Map<String, Object> weights = new LinkedHashMap<>();
    weights.put(term, value);
    if (against != null) {
      double sum = weight(arm, term) + weight(arm, against);
      // Decimal arithmetic, so that 1 - 0.9 is 0.1 in the arm's terms too.
      weights.put(
          against, BigDecimal.valueOf(sum).subtract(BigDecimal.valueOf(value)).doubleValue());
    }
    return weights;
  }

  private double weight(Map<String, Object> arm, String name) {
    return terms(arm).stream()
        .filter(term -> name.equals(term.get("term")))
        .map(term -> term.get("weight"))
        .filter(Number.class::isInstance)
        .mapToDouble(weight -> ((Number) weight).doubleValue())
        .sum();
  }

  private void add(String name, List<Ablation.Level> levels) {
    Map<String, Object> arm = base();
    Map<String, Object> weights = new LinkedHashMap<>();
    for (Ablation.Level level : levels) {
      level
          .set()
          .forEach(
              (key, value) -> {
                if (!key.equals(WEIGHTS)) {
                  set(arm, key, value);
                } else if (value instanceof Map<?, ?> map) {
                  map.forEach((term, weight) -> weights.put(String.valueOf(term), weight));
                } else {
                  complain(
                      "factors",
                      "weights of " + level.name() + " are no mapping",
                      "write term: weight");
                }
              });
    }
    weigh(arm, weights);
    arm.put(NAME, name);
    arms.add(arm);
  }

  /** A field with a dot is the experiment's; a design and terms replace each other. */
  private static void set(Map<String, Object> arm, String key, @Nullable Object value) {
    if (key.indexOf('.') >= 0 || key.equals("warmStart")) {
      Map<String, Object> set = new LinkedHashMap<>();
      if (arm.get("set") instanceof Map<?, ?> before) {
        before.forEach((path, old) -> set.put(String.valueOf(path), old));
      }
      put(set, key, value);
      arm.put("set", set);
      return;
    }
    if (key.equals("design")) {
      arm.remove("terms");
    } else if (key.equals("terms")) {
      arm.remove("design");
    }
    put(arm, key, value);
  }

  @SuppressWarnings("NullAway") // a JSON tree holds nulls, which Map<String, Object> cannot say
  private static void put(Map<String, Object> tree, String key, @Nullable Object value) {
    tree.put(key, value);
  }

  /** Writes weights into the arm's terms; a weight of 0 takes the term out. */
  private void weigh(Map<String, Object> arm, Map<String, Object> weights) {
    if (weights.isEmpty()) {
      return;
    }
    List<Map<String, Object>> terms = new ArrayList<>();
    Set<String> unknown = new HashSet<>(weights.keySet());
    for (Map<String, Object> term : terms(arm)) {
      String name = String.valueOf(term.get("term"));
      Map<String, Object> weighted = new LinkedHashMap<>(term);
      if (weights.containsKey(name)) {
        unknown.remove(name);
        weighted.put("weight", weights.get(name));
      }
      if (!(weighted.get("weight") instanceof Number number) || number.doubleValue() != 0) {
        terms.add(weighted);
      }
    }
    unknown.stream()
        .sorted()
        .forEach(
            name ->
                complain(
                    "base", "has no term " + name + ", whose weight is to vary", "add it to base"));
    write(arm, terms);
  }

  private static void write(Map<String, Object> arm, List<Map<String, Object>> terms) {
    arm.put("terms", List.copyOf(terms));
  }

  /** Writes a named design out, so that its terms can be varied. */
  private void spellOut(Map<String, Object> arm) {
    if (!(arm.get("design") instanceof String design)) {
      return;
    }
    Optional<Map<String, Object>> fields = designs.fields(design);
    if (fields.isEmpty()) {
      complain(
          "base",
          "has the design " + design + ", whose terms are not known here",
          "write them out");
    }
    arm.remove("design");
    // A template that is written keeps the design's own prompt out.
    boolean asksOtherwise = arm.containsKey("template");
    fields.ifPresent(
        known ->
            known.forEach(
                (key, value) -> {
                  if (!asksOtherwise || !key.equals("prompt")) {
                    arm.putIfAbsent(key, value);
                  }
                }));
  }

  /** The arm's terms; a named design is written out first. */
  private List<Map<String, Object>> terms(Map<String, Object> arm) {
    spellOut(arm);
    List<Map<String, Object>> terms = new ArrayList<>();
    if (arm.get("terms") instanceof List<?> list) {
      for (Object term : list) {
        if (term instanceof Map<?, ?> map) {
          terms.add(Trees.copyMap(map));
        }
      }
    }
    return terms;
  }

  private Map<String, Object> base() {
    return new LinkedHashMap<>(ablation.base() == null ? Map.of() : ablation.base());
  }

  private String baseName(String otherwise) {
    return base().get(NAME) instanceof String name ? name : otherwise;
  }

  private List<Ablation.Factor> factors() {
    return ablation.factors() == null ? Collections.emptyList() : ablation.factors();
  }

  private static String joined(List<Ablation.Level> levels) {
    return String.join("_", levels.stream().map(Ablation.Level::name).toList());
  }

  /** {@code 0.25} is {@code 0p25}, {@code -1} is {@code m1}. */
  private static String spelled(double value) {
    return BigDecimal.valueOf(value)
        .stripTrailingZeros()
        .toPlainString()
        .replace("-", "m")
        .replace('.', 'p');
  }

  private static String snake(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private void complain(String field, String problem, String fix) {
    complaints.add(new Complaint(field, problem, fix));
  }
}
