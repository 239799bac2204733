package dev.sightline.reward;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.reward.CompletionReading.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads completions by science.md 2. Completions are adversarial text: everything is found in a
 * fixed number of passes, without regular expressions.
 *
 * <p>Tags are {@code <think>, <description>, <answer>} without attributes, in any case. An element
 * goes from an opening tag to the next closing tag of the same name; tags between them are content.
 * A think element that never closes reaches to the end, so that nothing counts that is still
 * thought.
 */
public final class CompletionReader {
  private CompletionReader() {}

  private enum Name {
    THINK,
    DESCRIPTION,
    ANSWER
  }

  private record Tag(Name name, boolean opens, int start, int end) {}

  /** The content's span, and where the element with its tags lies. */
  private record Element(Span content, int start, int end) {}

  public static CompletionReading read(String text, AnswerType answerType) {
    List<Tag> tags = tags(text);
    List<Element> thoughts = elements(tags, Name.THINK, text.length());
    List<Element> descriptions = elements(tags, Name.DESCRIPTION, -1);
    List<Element> answers = elements(tags, Name.ANSWER, -1);
    Tag firstAnswer = firstOpening(tags, Name.ANSWER);

    Element description = firstOutside(descriptions, thoughts);
    if (description != null && firstAnswer != null && description.end() > firstAnswer.start()) {
      description = null;
    }
    Element answer = answers.isEmpty() ? null : answers.getFirst();
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
        openings(tags, Name.DESCRIPTION),
        openings(tags, Name.ANSWER),
        whole(text, tags, Name.DESCRIPTION, Name.ANSWER),
        whole(text, tags, Name.ANSWER));
  }

  private static List<Tag> tags(String text) {
    List<Tag> tags = new ArrayList<>();
    for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
      boolean closes = at + 1 < text.length() && text.charAt(at + 1) == '/';
      int word = closes ? at + 2 : at + 1;
      for (Name name : Name.values()) {
        String form = name.name().toLowerCase(Locale.ROOT) + ">";
        if (text.regionMatches(true, word, form, 0, form.length())) {
          tags.add(new Tag(name, !closes, at, word + form.length()));
        }
      }
    }
    return tags;
  }

  /**
   * @param openEnd where an element without closing tag ends, negative if it is none
   */
  private static List<Element> elements(List<Tag> tags, Name name, int openEnd) {
    List<Element> elements = new ArrayList<>();
    Tag opening = null;
    for (Tag tag : tags) {
      if (tag.name() != name) {
        continue;
      }
      if (tag.opens()) {
        opening = opening == null ? tag : opening;
      } else if (opening != null) {
        elements.add(new Element(new Span(opening.end(), tag.start()), opening.start(), tag.end()));
        opening = null;
      }
    }
    if (opening != null && openEnd >= 0) {
      elements.add(new Element(new Span(opening.end(), openEnd), opening.start(), openEnd));
    }
    return elements;
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

  private static @Nullable Tag firstOpening(List<Tag> tags, Name name) {
    for (Tag tag : tags) {
      if (tag.name() == name && tag.opens()) {
        return tag;
      }
    }
    return null;
  }

  private static int openings(List<Tag> tags, Name name) {
    int count = 0;
    for (Tag tag : tags) {
      if (tag.name() == name && tag.opens()) {
        count++;
      }
    }
    return count;
  }

  /** Whether the text is exactly these elements, each with text in it, and white space between. */
  private static boolean whole(String text, List<Tag> tags, Name... names) {
    if (tags.size() != 2 * names.length) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < names.length; i++) {
      Tag opening = tags.get(2 * i);
      Tag closing = tags.get(2 * i + 1);
      boolean pair =
          opening.name() == names[i]
              && closing.name() == names[i]
              && opening.opens()
              && !closing.opens();
      if (!pair
          || !text.substring(at, opening.start()).isBlank()
          || text.substring(opening.end(), closing.start()).isBlank()) {
        return false;
      }
      at = closing.end();
    }
    return text.substring(at).isBlank();
  }

  private static Optional<String> lenient(
      String text, AnswerType type, @Nullable Tag firstAnswer, @Nullable Element answer) {
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
