package dev.sightline.worker.cli.reward;

import dev.sightline.reward.AnswerReader;
import dev.sightline.reward.Judgement;
import dev.sightline.reward.ScoredCompletion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The result of one item as a tree for JSON. */
final class ScoreResult {
  private ScoreResult() {}

  /**
   * {@code id, total, terms, parsed, D, P, Q, S, A, facts}; {@code reason} says why each of them
   * that is null is so.
   */
  static Map<String, @Nullable Object> of(ScoreItem item, ScoredCompletion scored) {
    Judgement judgement = scored.judgement();
    boolean lenient = item.attempt().reader() == AnswerReader.LENIENT;
    Map<String, String> reasons = reasons(item, scored);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("id", item.id());
    result.put("total", scored.total());
    Map<String, @Nullable Object> terms = new LinkedHashMap<>();
    scored.terms().forEach(term -> terms.put(term.name(), tree(term)));
    result.put("terms", terms);
    Map<String, @Nullable Object> parsed = new LinkedHashMap<>(scored.parse().toMap());
    parsed.put("wellFormed", judgement.wellFormed());
    parsed.put("strict", judgement.strictAnswer());
    parsed.put("strictRight", judgement.accurate());
    parsed.put("lenient", judgement.lenientAnswer());
    parsed.put("lenientRight", judgement.accurateLenient());
    result.put("parsed", parsed);
    result.put("D", judgement.descriptionStatus());
    result.put("P", judgement.perception());
    result.put("Q", judgement.perceptionAnswer());
    result.put("S", reasons.containsKey("S") ? null : judgement.selfConsistency());
    result.put("A", lenient ? judgement.accurateLenient() : judgement.accurate());
    result.put("facts", judgement.facts());
    if (!reasons.isEmpty()) {
      result.put("reason", reasons);
    }
    return result;
  }

  private static Map<String, @Nullable Object> tree(ScoredCompletion.TermScore term) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("raw", term.raw());
    tree.put("weight", term.weight());
    tree.put("value", term.value());
    if (term.reason() != null) {
      tree.put("reason", term.reason());
    }
    return tree;
  }

  private static Map<String, String> reasons(ScoreItem item, ScoredCompletion scored) {
    Map<String, String> reasons = new TreeMap<>();
    scored
        .reasons()
        .forEach(
            (name, why) -> {
              switch (name) {
                case "descriptionStatus" -> reasons.put("D", why);
                case "perception" -> reasons.put("P", why);
                case "perceptionAnswer" -> reasons.put("Q", why);
                case "selfConsistency" -> reasons.put("S", why);
                default -> reasons.put(name, why);
              }
            });
    if (!item.asked() && item.attempt().item().shown() != null) {
      reasons.putIfAbsent("S", "the question is not known");
    }
    return reasons;
  }
}
