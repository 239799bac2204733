package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.Sentences;
import dev.sightline.reward.Tag;
import dev.sightline.reward.TaggedText;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.List;
import java.util.Optional;

/** The paper's score of a tag: tanh(distinct sentences) - tanh(repeated ones). */
public final class TagSentences implements RewardTerm {
  @Override
  public String name() {
    return "tag_sentences";
  }

  @Override
  public String doc() {
    return "tanh(distinct sentences) - tanh(repeated sentences) of the first such element; 0 where there is none.";
  }

  @Override
  public Optional<TermSetting> parameter() {
    return Optional.of(
        TermSetting.word(
            "tag",
            "Whose sentences; visual: all of them inside the first think, joined by line feeds.",
            null,
            List.of("image_description", "description", "think", "rethink", "visual")));
  }

  @Override
  public Range range(TermSettings settings) {
    return new Range(-1, 1);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    Tag tag = Tag.byName(settings.text("tag")).orElseThrow();
    return RawValue.of(
        content(attempt.tagged(), tag).map(text -> Sentences.of(text).score()).orElse(0.0));
  }

  private static Optional<String> content(TaggedText tagged, Tag tag) {
    return switch (tag) {
      case VISUAL -> tagged.first(Tag.THINK).map(thought -> visual(tagged, thought));
      case THINK -> tagged.first(Tag.THINK).map(thought -> withoutMarkup(tagged, thought));
      case DESCRIPTION, IMAGE_DESCRIPTION, RETHINK, ANSWER ->
          tagged.first(tag).map(element -> element.content().of(tagged.text()));
    };
  }

  private static String visual(TaggedText tagged, TaggedText.Element thought) {
    StringBuilder joined = new StringBuilder();
    TaggedText.Mark opening = null;
    for (TaggedText.Mark mark : tagged.marks()) {
      if (mark.tag() != Tag.VISUAL
          || mark.start() < thought.content().start()
          || mark.end() > thought.content().end()) {
        continue;
      }
      if (mark.opens()) {
        opening = opening == null ? mark : opening;
      } else if (opening != null) {
        joined.append(tagged.text(), opening.end(), mark.start()).append('\n');
        opening = null;
      }
    }
    return joined.toString();
  }

  /** The thought with the tags of visual taken out, and their content left in. */
  private static String withoutMarkup(TaggedText tagged, TaggedText.Element thought) {
    StringBuilder kept = new StringBuilder();
    int at = thought.content().start();
    for (TaggedText.Mark mark : tagged.marks()) {
      if (mark.tag() == Tag.VISUAL && mark.start() >= at && mark.end() <= thought.content().end()) {
        kept.append(tagged.text(), at, mark.start());
        at = mark.end();
      }
    }
    return kept.append(tagged.text(), at, thought.content().end()).toString();
  }
}
