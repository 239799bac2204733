package dev.sightline.activity.ablation;

import dev.sightline.activity.Trees;
import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.activity.evaluation.Checkpoints;
import dev.sightline.activity.evaluation.EvaluationPlan;
import dev.sightline.activity.evaluation.OtherScene;
import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.report.ReportRequest;
import dev.sightline.reward.Answers;
import dev.sightline.reward.CompletionReader;
import dev.sightline.reward.Judgement;
import dev.sightline.storage.CheckpointStore;
import dev.sightline.storage.EvaluationStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stored answers as the report's rows: one evaluation for each mode, perception questions joined by
 * item.
 */
final class EvaluationRows {
  private final EvaluationStore store;
  private final LoadedDataset dataset;
  private final Map<String, DatasetItem> items = new HashMap<>();

  EvaluationRows(EvaluationStore store, LoadedDataset dataset) {
    this.store = store;
    this.dataset = dataset;
    dataset.items(Split.TEST).forEach(item -> items.put(item.id(), item));
  }

  List<ReportRequest.Evaluation> of(
      Digest evaluation,
      boolean baseline,
      String arm,
      long seed,
      Checkpoints.Policy policy,
      String template) {
    Map<String, Double> questions = new HashMap<>();
    Map<String, List<EvaluationStore.ItemRow>> byMode = new LinkedHashMap<>();
    for (EvaluationStore.ItemRow row : store.rows(evaluation)) {
      if (row.key().variant().equals(EvaluationPlan.QUESTION)) {
        questions.put(row.key().item(), judgement(row).accurate() ? 1.0 : 0.0);
      } else {
        byMode.computeIfAbsent(row.key().variant(), unused -> new ArrayList<>()).add(row);
      }
    }
    CheckpointStore.Checkpoint checkpoint = policy.checkpoint();
    List<ReportRequest.Evaluation> evaluations = new ArrayList<>();
    byMode.forEach(
        (mode, rows) ->
            evaluations.add(
                new ReportRequest.Evaluation(
                    arm,
                    baseline ? null : (Long) seed,
                    policy.id(),
                    checkpoint == null ? "" : checkpoint.lineage().hex(),
                    checkpoint == null ? "" : checkpoint.stateDigest().hex(),
                    template,
                    mode,
                    Split.TEST.wireName(),
                    rows(rows, mode.equals("image") ? questions : Map.of()))));
    return evaluations;
  }

  private List<ReportRequest.Row> rows(
      List<EvaluationStore.ItemRow> stored, Map<String, Double> questions) {
    Map<String, Scene> described = new HashMap<>();
    List<ChanceAgreement.Said> said = new ArrayList<>();
    for (EvaluationStore.ItemRow row : stored) {
      DatasetItem item = item(row);
      Judgement judgement = judgement(row);
      String answer = judgement.strictAnswer();
      described(item, row.completion()).ifPresent(scene -> described.put(item.id(), scene));
      Scene scene = described.get(item.id());
      if (judgement.selfConsistency() != null && answer != null && scene != null) {
        said.add(new ChanceAgreement.Said(item, answer, scene));
      }
    }
    Map<String, Double> byChance = ChanceAgreement.of(said, dataset::family);
    return stored.stream()
        .map(
            row ->
                row(
                    row,
                    described.get(row.key().item()),
                    questions.get(row.key().item()),
                    byChance.get(row.key().item())))
        .toList();
  }

  private DatasetItem item(EvaluationStore.ItemRow row) {
    return Objects.requireNonNull(
        items.get(row.key().item()), () -> "no item " + row.key().item() + " in the data set");
  }

  private static Judgement judgement(EvaluationStore.ItemRow row) {
    return Judgement.fromMap(Trees.map(row.body()));
  }

  private ReportRequest.Row row(
      EvaluationStore.ItemRow row,
      @Nullable Scene described,
      @Nullable Double question,
      @Nullable Double byChance) {
    DatasetItem item = item(row);
    Judgement judgement = judgement(row);
    String status = judgement.descriptionStatus();
    OtherScene other = OtherScene.of(row.body());
    return new ReportRequest.Row(
        item.id(),
        item.canonicalKey().hex(),
        item.family(),
        String.valueOf(item.level()),
        item.asked().kind(),
        item.answer(),
        judgement.strictAnswer(),
        described == null ? null : solved(item, described),
        judgement.accurate(),
        judgement.accurateLenient(),
        status == null ? null : ReportRequest.Description.valueOf(status.toUpperCase(Locale.ROOT)),
        judgement.perception(),
        judgement.copyFidelity(),
        question,
        judgement.selfConsistency(),
        byChance,
        judgement.truncated(),
        judgement.perception() == null ? null : judgement.facts(),
        other == null ? null : other.perception(),
        other == null ? null : other.accurate());
  }

  /** In the gold answer's spelling where it is that answer, so that texts can be compared. */
  private @Nullable String solved(DatasetItem item, Scene described) {
    return dataset
        .family(item)
        .answer(new Puzzle(described, item.asked()))
        .map(
            answer ->
                Answers.equal(item.answerType(), answer, item.answer()) ? item.answer() : answer)
        .orElse(null);
  }

  private Optional<Scene> described(DatasetItem item, String completion) {
    ConfiguredFamily family = dataset.family(item);
    return CompletionReader.read(completion, item.answerType())
        .description()
        .map(family::readDescription)
        .filter(DescriptionReading.Complete.class::isInstance)
        .map(DescriptionReading.Complete.class::cast)
        .map(DescriptionReading.Complete::scene);
  }
}
