package dev.sightline.reward;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.reward.TaggedText.Element;
import dev.sightline.reward.TaggedText.Mark;
import dev.sightline.reward.TaggedText.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads completions by science.md 2. Completions are adversarial text: everything is found in a
 * fixed number of passes, without regular expressions.
 *
 * <p>Tags are found by {@link TaggedText}. A think element that never closes reaches to the end, so
 * that nothing counts that is still thought.
 */
public final class CompletionReader {
  private CompletionReader() {}

  public static CompletionReading read(String text, AnswerType answerType) {
    return read(TaggedText.read(text), answerType);
  }

  public static CompletionReading read(TaggedText tagged, AnswerType answerType) {
    String text = tagged.text();
    Element description = firstOutside(tagged.elements(Tag.DESCRIPTION), thoughts(tagged));
    Mark firstAnswer = tagged.firstOpening(Tag.ANSWER);
    if (description != null && firstAnswer != null && description.end() > firstAnswer.start()) {
      description = null;
    }
    Element answer = tagged.first(Tag.ANSWER).orElse(null);
    Optional<String> strict =
        answer == null
            ? Optional.empty()
            : Optional.of(answer.content().of(text).strip()).filter(said -> !said.isEmpty());
    return new CompletionReading(
        Optional.ofNullable(description).map(element -> element.content().of(text)),
        strict,
        lenient(text, answerType, firstAnswer, answer),
        Optional.ofNullable(description).map(Element::content),
        Optional.ofNullable(answer).map(Element::content),
        tagged.openings(Tag.DESCRIPTION),
        tagged.openings(Tag.ANSWER));
  }

  /** Closed thoughts, and one that never closes, which reaches to the end. */
  private static List<Element> thoughts(TaggedText tagged) {
    List<Element> thoughts = new ArrayList<>(tagged.elements(Tag.THINK));
    int after = thoughts.isEmpty() ? 0 : thoughts.getLast().end();
    int end = tagged.text().length();
    for (Mark mark : tagged.marks()) {
      if (mark.tag() == Tag.THINK && mark.opens() && mark.start() >= after) {
        thoughts.add(new Element(Tag.THINK, new Span(mark.end(), end), mark.start(), end));
        break;
      }
    }
    return thoughts;
  }

  /** Both lists are in text order, so that one pass over both is enough. */
  private static @Nullable Element firstOutside(List<Element> elements, List<Element> thoughts) {
    int thought = 0;
    for (Element element : elements) {
      while (thought < thoughts.size() && thoughts.get(thought).end() <= element.start()) {
        thought++;
      }
      if (thought == thoughts.size() || thoughts.get(thought).start() >= element.end()) {
        return element;
      }
    }
    return null;
  }

  private static Optional<String> lenient(
      String text, AnswerType type, @Nullable Mark firstAnswer, @Nullable Element answer) {
    if (answer != null) {
      return Answers.last(type, answer.content().of(text));
    }
    if (firstAnswer != null) {
      return Answers.last(type, text.substring(firstAnswer.end()));
    }
    Optional<String> marked = marked(text).flatMap(inner -> Answers.last(type, inner));
    if (marked.isPresent()) {
      return marked;
    }
    String trimmed = text.strip();
    int line = Math.max(trimmed.lastIndexOf('\n'), trimmed.lastIndexOf('\r'));
    return Answers.last(type, trimmed.substring(line + 1));
  }

  /** The content of the last {@code \boxed{...}} or {@code **...**}, whichever ends later. */
  private static Optional<String> marked(String text) {
    Optional<Span> best = Optional.empty();
    int box = text.lastIndexOf("\\boxed{");
    if (box >= 0) {
      int start = box + "\\boxed{".length();
      int end = text.indexOf('}', start);
      if (end >= 0) {
        best = Optional.of(new Span(start, end));
      }
    }
    int boldEnd = text.lastIndexOf("**");
    int boldStart = boldEnd < 2 ? -1 : text.lastIndexOf("**", boldEnd - 2);
    if (boldStart >= 0 && (best.isEmpty() || best.get().end() < boldEnd)) {
      best = Optional.of(new Span(boldStart + 2, boldEnd));
    }
    return best.map(span -> span.of(text));
  }
}
