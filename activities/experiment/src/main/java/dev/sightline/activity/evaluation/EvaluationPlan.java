package dev.sightline.activity.evaluation;

import dev.sightline.activity.Prompts;
import dev.sightline.activity.Trees;
import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.reward.Answers;
import dev.sightline.reward.Attempt;
import dev.sightline.reward.CompletionReader;
import dev.sightline.reward.CompletionReading;
import dev.sightline.reward.Judgement;
import dev.sightline.reward.Mode;
import dev.sightline.reward.PromptTemplate;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.reward.RewardItem;
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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as batches: every mode over all items in index order, then the perception questions
 * on the image. Decoding is greedy, one completion an item; the batches are part of what the
 * evaluation is. A mode that shows what another one brought forth comes after it.
 */
public final class EvaluationPlan {
  /** The variant under which perception questions are stored. */
  public static final String QUESTION = "question";

  private final EvaluationSpec spec;
  private final LoadedDataset dataset;
  private final List<DatasetItem> items;
  private final PromptTemplate template;
  private final List<String> variants;
  private final Interventions interventions;

  public EvaluationPlan(EvaluationSpec spec, LoadedDataset dataset) {
    this.spec = spec;
    this.dataset = dataset;
    this.items = dataset.items(dev.sightline.puzzle.dataset.Split.ofWireName(spec.split().wire()));
    this.template = Prompts.template(spec.template(), spec.prompt());
    this.variants = new ArrayList<>(spec.modes().stream().map(WireName::wire).toList());
    if (spec.modes().contains(EvaluationMode.IMAGE)) {
      variants.add(QUESTION);
    }
    this.interventions =
        new Interventions(
            dataset, spec.modes().contains(EvaluationMode.SWAPPED) ? items : List.of());
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
    EvaluationSpec spec =
        EvaluationSpec.of(
            experiment,
            policy,
            dataset.manifestDigest(),
            split,
            template,
            experiment.evaluation().modes(split, template));
    return dataset.otherSize().map(spec::at).orElse(spec);
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

  /** The variant whose stored completions a batch shows again. */
  public Optional<String> shows(int batch) {
    return mode(variant(batch)) == Mode.OWN_DESCRIPTION
        ? Optional.of(EvaluationMode.IMAGE.wire())
        : Optional.empty();
  }

  /**
   * What is asked.
   *
   * @param earlier completions by item id of the variant that {@link #shows} names, else empty
   */
  public RolloutPayload payload(int batch, Map<String, String> earlier) {
    String variant = variant(batch);
    List<Prompt> prompts =
        batchItems(batch).stream().map(item -> prompt(variant, item, earlier)).toList();
    return new RolloutPayload(
        prompts, 1, null, 0, spec.maxNewTokens(), List.of(PromptTemplates.STOP));
  }

  private Prompt prompt(String variant, DatasetItem item, Map<String, String> earlier) {
    Mode mode = mode(variant);
    return switch (mode) {
      case IMAGE, TEXT, IMAGE_TEXT -> Prompts.of(item.id(), template(variant), item, mode, dataset);
      case TRUE_DESCRIPTION, EDITED_DESCRIPTION ->
          Prompts.of(item.id(), template, item, mode, dataset)
              .withAssistantPrefix(opening(mode, item));
      case OWN_DESCRIPTION ->
          Prompt.ofText(
              item.id(),
              PromptTemplates.renderText(template, item, description(item, earlier)).text());
      case BLANK -> ofImage(mode, item, dataset.blankImage());
      case SWAPPED -> ofImage(mode, item, dataset.image(interventions.swapped(item).orElse(item)));
    };
  }

  private Prompt ofImage(Mode mode, DatasetItem item, byte[] png) {
    return Prompt.ofImage(item.id(), PromptTemplates.render(template, item, mode).text(), png);
  }

  /** What the model said of the picture; nothing where it described nothing. */
  private static String description(DatasetItem item, Map<String, String> earlier) {
    String completion = earlier.get(item.id());
    if (completion == null) {
      throw new IllegalStateException("the image's answer to " + item.id() + " is not stored");
    }
    return CompletionReader.read(completion, item.answerType()).description().orElse("");
  }

  /** What the completion opens with; where no edit was found, with the right description. */
  private String opening(Mode mode, DatasetItem item) {
    String description =
        other(mode, item).map(dataset.family(item)::description).orElse(item.description());
    return PromptTemplates.opening(template, description);
  }

  private Optional<Scene> other(Mode mode, DatasetItem item) {
    return switch (mode) {
      case SWAPPED ->
          interventions.swapped(item).map(shown -> dataset.family(shown).readScene(shown.scene()));
      case EDITED_DESCRIPTION -> interventions.edited(item);
      case IMAGE, TEXT, IMAGE_TEXT, TRUE_DESCRIPTION, OWN_DESCRIPTION, BLANK -> Optional.empty();
    };
  }

  /** The judged answers of a batch. */
  public List<EvaluationStore.ItemRow> rows(int batch, RolloutResult rollout) {
    String variant = variant(batch);
    List<DatasetItem> asked = batchItems(batch);
    List<EvaluationStore.ItemRow> rows = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      DatasetItem item = asked.get(i);
      RolloutResult.Completion completion = rollout.completions().get(i);
      if (!completion.prompt().equals(item.id())) {
        throw new IllegalStateException(
            "answer " + i + " is of " + completion.prompt() + ", not of " + item.id());
      }
      rows.add(
          new EvaluationStore.ItemRow(
              new EvaluationStore.ItemKey(variant, item.id()),
              first(batch) + i,
              completion.text(),
              completion.tokens(),
              Trees.node(judged(variant, item, completion))));
    }
    return rows;
  }

  private Map<String, @Nullable Object> judged(
      String variant, DatasetItem item, RolloutResult.Completion completion) {
    Mode mode = mode(variant);
    String text =
        mode.givesDescription() ? opening(mode, item) + completion.text() : completion.text();
    PromptTemplate asked = template(variant);
    Attempt attempt =
        Attempt.of(RewardItem.of(item, dataset.family(item), asked.asks()), text)
            .in(mode)
            .truncated(completion.finish() == RolloutResult.Finish.LENGTH);
    Map<String, @Nullable Object> body = Judgement.of(asked, attempt).toMap();
    other(mode, item)
        .ifPresent(scene -> body.put(OtherScene.KEY, against(scene, item, mode, text).toMap()));
    return body;
  }

  private OtherScene against(Scene other, DatasetItem item, Mode mode, String text) {
    ConfiguredFamily family = dataset.family(item);
    CompletionReading reading = CompletionReader.read(text, item.answerType());
    Boolean perceived = null;
    if (!mode.givesDescription()) {
      perceived =
          reading.description().map(family::readDescription).orElse(null)
                  instanceof DescriptionReading.Complete(Scene scene)
              && family.sameScene(other, scene);
    }
    Boolean accurate =
        family
            .answer(new Puzzle(other, item.asked()))
            .map(
                solved ->
                    reading
                        .answer()
                        .filter(said -> Answers.equal(item.answerType(), said, solved))
                        .isPresent())
            .orElse(null);
    return new OtherScene(perceived, accurate);
  }
}
