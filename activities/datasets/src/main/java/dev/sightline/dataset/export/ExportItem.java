package dev.sightline.dataset.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One item as other software wants it: texts only, and the picture.
 *
 * @param id unique in the data set
 * @param level 1 to 5
 * @param kind of the question
 * @param asked the question's kind and parameters as JSON, as rewards read it
 * @param answerType INTEGER, WORD or TIME
 * @param options of the multiple choice; empty where the item has none
 * @param right letter of the right option, or ""
 * @param cluster items that are the same up to symmetry share it
 * @param scene JSON
 * @param measures JSON
 * @param picture PNG bytes; empty in data sets without pictures
 */
public record ExportItem(
    String id,
    String split,
    String family,
    String level,
    String kind,
    String asked,
    String question,
    String answer,
    String answerType,
    List<String> options,
    String right,
    String textTwin,
    String description,
    String perceptionQuestion,
    String perceptionAnswer,
    String perceptionAnswerType,
    String cluster,
    String itemKey,
    String scene,
    String measures,
    Optional<byte[]> picture) {
  /** The text columns in the order in which tables show them. */
  static final Map<String, Function<ExportItem, String>> TEXTS = texts();

  public ExportItem {
    options = List.copyOf(options);
  }

  private static Map<String, Function<ExportItem, String>> texts() {
    Map<String, Function<ExportItem, String>> columns = new LinkedHashMap<>();
    columns.put("id", ExportItem::id);
    columns.put("split", ExportItem::split);
    columns.put("family", ExportItem::family);
    columns.put("level", ExportItem::level);
    columns.put("kind", ExportItem::kind);
    columns.put("asked", ExportItem::asked);
    columns.put("question", ExportItem::question);
    columns.put("answer", ExportItem::answer);
    columns.put("answer_type", ExportItem::answerType);
    columns.put("right_option", ExportItem::right);
    columns.put("text_twin", ExportItem::textTwin);
    columns.put("description", ExportItem::description);
    columns.put("perception_question", ExportItem::perceptionQuestion);
    columns.put("perception_answer", ExportItem::perceptionAnswer);
    columns.put("perception_answer_type", ExportItem::perceptionAnswerType);
    columns.put("cluster", ExportItem::cluster);
    columns.put("item_key", ExportItem::itemKey);
    columns.put("scene", ExportItem::scene);
    columns.put("measures", ExportItem::measures);
    return columns;
  }

  /** All texts and options, for JSON. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    TEXTS.forEach((name, text) -> fields.put(name, text.apply(this)));
    fields.put("options", options);
    return fields;
  }

  /** The id as a file name without ending: no slash and no dot, at which readers cut. */
  String fileName() {
    return id.replace('/', '-').replace('.', '_');
  }

  static String letter(int index) {
    return String.valueOf((char) ('A' + index));
  }
}
