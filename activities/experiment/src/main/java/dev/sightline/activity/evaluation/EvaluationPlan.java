package dev.sightline.activity.evaluation;

import dev.sightline.activity.Prompts;
import dev.sightline.activity.Trees;
import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.reward.CompletionScorer;
import dev.sightline.reward.Judgement;
import dev.sightline.reward.Mode;
import dev.sightline.reward.PromptTemplate;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.spec.EvaluationMode;
import dev.sightline.spec.EvaluationSpec;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Split;
import dev.sightline.spec.WireName;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.RolloutPayload;
import dev.sightline.triton.policy.RolloutResult;
import java.util.ArrayList;
import java.util.List;

/**
 * An evaluation as batches: every mode over all items in index order, then the perception questions
 * on the image. Decoding is greedy, one completion an item; the batches are part of what the
 * evaluation is.
 */
public final class EvaluationPlan {
  /** The variant under which perception questions are stored. */
  public static final String QUESTION = "question";

  private final EvaluationSpec spec;
  private final LoadedDataset dataset;
  private final List<DatasetItem> items;
  private final PromptTemplate template;
  private final List<String> variants;

  public EvaluationPlan(EvaluationSpec spec, LoadedDataset dataset) {
    this.spec = spec;
    this.dataset = dataset;
    this.items = dataset.items(dev.sightline.puzzle.dataset.Split.ofWireName(spec.split().wire()));
    this.template = Prompts.template(spec.template());
    this.variants = new ArrayList<>(spec.modes().stream().map(WireName::wire).toList());
    if (spec.modes().contains(EvaluationMode.IMAGE)) {
      variants.add(QUESTION);
    }
  }

  /**
   * The evaluation that an experiment asks for.
   *
   * @param policy the checkpoint's id, or the lineage of a policy that has none
   */
  public static EvaluationSpec spec(
      ExperimentSpec experiment,
      String policy,
      LoadedDataset dataset,
      Split split,
      String template) {
    return EvaluationSpec.of(
        experiment,
        policy,
        dataset.manifestDigest(),
        split,
        template,
        split == Split.DEV
            ? experiment.evaluation().devModes()
            : experiment.evaluation().testModes());
  }

  public Digest digest() {
    return spec.digest();
  }

  public EvaluationSpec spec() {
    return spec;
  }

  public int batches() {
    return variants.size() * batchesOfVariant();
  }

  private int batchesOfVariant() {
    return Math.ceilDiv(items.size(), spec.batchItems());
  }

  /** The keys that a batch will have rows of. */
  public List<EvaluationStore.ItemKey> keys(int batch) {
    String variant = variant(batch);
    return batchItems(batch).stream()
        .map(item -> new EvaluationStore.ItemKey(variant, item.id()))
        .toList();
  }

  private String variant(int batch) {
    return variants.get(batch / batchesOfVariant());
  }

  private int first(int batch) {
    return batch % batchesOfVariant() * spec.batchItems();
  }

  private List<DatasetItem> batchItems(int batch) {
    int first = first(batch);
    return items.subList(first, Math.min(items.size(), first + spec.batchItems()));
  }

  private static Mode mode(String variant) {
    return variant.equals(QUESTION) ? Mode.IMAGE : Mode.ofWireName(variant);
  }

  private PromptTemplate template(String variant) {
    return variant.equals(QUESTION) ? PromptTemplates.PERCEPTION : template;
  }

  public RolloutPayload payload(int batch) {
    String variant = variant(batch);
    List<Prompt> prompts =
        batchItems(batch).stream()
            .map(item -> Prompts.of(item.id(), template(variant), item, mode(variant), dataset))
            .toList();
    return new RolloutPayload(
        prompts, 1, null, 0, spec.maxNewTokens(), List.of(PromptTemplates.STOP));
  }

  /** The judged answers of a batch. */
  public List<EvaluationStore.ItemRow> rows(int batch, RolloutResult rollout) {
    String variant = variant(batch);
    List<DatasetItem> asked = batchItems(batch);
    CompletionScorer scorer = new CompletionScorer(dataset::family);
    List<EvaluationStore.ItemRow> rows = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      DatasetItem item = asked.get(i);
      RolloutResult.Completion completion = rollout.completions().get(i);
      if (!completion.prompt().equals(item.id())) {
        throw new IllegalStateException(
            "answer " + i + " is of " + completion.prompt() + ", not of " + item.id());
      }
      Judgement judgement =
          scorer.judge(
              template(variant),
              item,
              completion.text(),
              mode(variant),
              completion.finish() == RolloutResult.Finish.LENGTH);
      rows.add(
          new EvaluationStore.ItemRow(
              new EvaluationStore.ItemKey(variant, item.id()),
              first(batch) + i,
              completion.text(),
              completion.tokens(),
              Trees.node(judgement.toMap())));
    }
    return rows;
  }
}
