package dev.sightline.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A completion with its tags found, in one pass and without regular expressions, for completions
 * are adversarial text.
 *
 * <p>Tags have no attributes, no white space inside, and any case of ASCII letters. An element goes
 * from an opening tag to the next closing tag of the same name; what lies between is content, tags
 * of whatever name included. So the first element is the first match of a non-greedy pattern.
 */
public final class TaggedText {
  private static final Tag[] TAGS = Tag.values();

  /** From {@code start} up to, without, {@code end}, in UTF-16 units. */
  public record Span(int start, int end) {
    public String of(String text) {
      return text.substring(start, end);
    }

    boolean holds(int from, int to) {
      return start <= from && to <= end;
    }
  }

  /** A tag as it stands in the text. */
  public record Mark(Tag tag, boolean opens, int start, int end) {
    /** The tag's name, with a slash before it where it closes. */
    public String label() {
      return opens ? tag.wireName() : "/" + tag.wireName();
    }
  }

  /** The content's span, and where the element with its tags lies. */
  public record Element(Tag tag, Span content, int start, int end) {}

  private final String text;
  private final List<Mark> marks;

  private TaggedText(String text, List<Mark> marks) {
    this.text = text;
    this.marks = List.copyOf(marks);
  }

  public static TaggedText read(String text) {
    List<Mark> marks = new ArrayList<>();
    for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
      boolean closes = at + 1 < text.length() && text.charAt(at + 1) == '/';
      int word = closes ? at + 2 : at + 1;
      for (Tag tag : TAGS) {
        int end = word + tag.word().length();
        if (end < text.length() && text.charAt(end) == '>' && spells(text, word, tag.word())) {
          marks.add(new Mark(tag, !closes, at, end + 1));
          break;
        }
      }
    }
    return new TaggedText(text, marks);
  }

  /** Without case for ASCII letters only, so that look-alikes of other scripts are no tags. */
  private static boolean spells(String text, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      char wanted = word.charAt(i);
      char c = text.charAt(at + i);
      boolean same =
          c == wanted
              || (c >= 'A' && c <= 'Z' && (char) (c + ('a' - 'A')) == wanted)
              || (wanted == ' ' && c == '_');
      if (!same) {
        return false;
      }
    }
    return true;
  }

  public String text() {
    return text;
  }

  /** All tags in text order. */
  public List<Mark> marks() {
    return marks;
  }

  /** Closed elements of one name, in text order. */
  public List<Element> elements(Tag tag) {
    List<Element> elements = new ArrayList<>();
    Mark opening = null;
    for (Mark mark : marks) {
      if (mark.tag() != tag) {
        continue;
      }
      if (mark.opens()) {
        opening = opening == null ? mark : opening;
      } else if (opening != null) {
        elements.add(element(opening, mark));
        opening = null;
      }
    }
    return elements;
  }

  /** The first closed element of the name. */
  public Optional<Element> first(Tag tag) {
    Mark opening = null;
    for (Mark mark : marks) {
      if (mark.tag() == tag) {
        if (mark.opens()) {
          opening = opening == null ? mark : opening;
        } else if (opening != null) {
          return Optional.of(element(opening, mark));
        }
      }
    }
    return Optional.empty();
  }

  private static Element element(Mark opening, Mark closing) {
    return new Element(
        opening.tag(), new Span(opening.end(), closing.start()), opening.start(), closing.end());
  }

  @Nullable Mark firstOpening(Tag tag) {
    for (Mark mark : marks) {
      if (mark.tag() == tag && mark.opens()) {
        return mark;
      }
    }
    return null;
  }

  /** How many opening tags of the name there are. */
  public int openings(Tag tag) {
    int count = 0;
    for (Mark mark : marks) {
      if (mark.tag() == tag && mark.opens()) {
        count++;
      }
    }
    return count;
  }

  /**
   * Whether the text is exactly these elements in order, each once and not blank, and white space
   * between. {@link Tag#VISUAL} stands for at least one such element inside {@link Tag#THINK}.
   */
  public boolean isExactly(List<Tag> asked) {
    boolean nested = asked.contains(Tag.VISUAL);
    List<Mark> outer = new ArrayList<>();
    List<Mark> visual = new ArrayList<>();
    for (Mark mark : marks) {
      (nested && mark.tag() == Tag.VISUAL ? visual : outer).add(mark);
    }
    List<Tag> wanted = asked.stream().filter(tag -> tag != Tag.VISUAL).toList();
    if (outer.size() != 2 * wanted.size()) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < wanted.size(); i++) {
      Mark opening = outer.get(2 * i);
      Mark closing = outer.get(2 * i + 1);
      if (!pair(opening, closing, wanted.get(i)) || !blank(at, opening.start())) {
        return false;
      }
      at = closing.end();
    }
    return blank(at, text.length()) && (!nested || lieInsideThought(visual));
  }

  private boolean lieInsideThought(List<Mark> visual) {
    Optional<Element> thought = first(Tag.THINK);
    if (visual.isEmpty() || visual.size() % 2 != 0 || thought.isEmpty()) {
      return false;
    }
    for (int i = 0; i < visual.size(); i += 2) {
      Mark opening = visual.get(i);
      Mark closing = visual.get(i + 1);
      if (!pair(opening, closing, Tag.VISUAL)
          || !thought.get().content().holds(opening.start(), closing.end())) {
        return false;
      }
    }
    return true;
  }

  private boolean pair(Mark opening, Mark closing, Tag tag) {
    return opening.tag() == tag
        && closing.tag() == tag
        && opening.opens()
        && !closing.opens()
        && !blank(opening.end(), closing.start());
  }

  private boolean blank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
