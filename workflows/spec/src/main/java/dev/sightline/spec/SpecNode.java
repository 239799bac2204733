package dev.sightline.spec;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tree as it was written, before anything is known of its meaning; lines and columns from 1, 0 =
 * none.
 */
sealed interface SpecNode {
  Position at();

  record Position(int line, int column) {
    static final Position NONE = new Position(0, 0);
  }

  /** {@code key: value}. */
  record Member(String key, Position at, SpecNode value) {}

  record Mapping(List<Member> members, Position at) implements SpecNode {
    Optional<SpecNode> get(String key) {
      return members.stream().filter(m -> m.key().equals(key)).map(Member::value).findFirst();
    }

    static Mapping empty(Position at) {
      return new Mapping(List.of(), at);
    }
  }

  record Sequence(List<SpecNode> entries, Position at) implements SpecNode {}

  /**
   * @param value String, Boolean, Long, java.math.BigInteger (beyond int64), Double or null
   * @param text as written, for messages
   */
  record Scalar(@Nullable Object value, String text, Position at) implements SpecNode {}

  /** What it is, in a reader's words. */
  default String words() {
    return switch (this) {
      case Mapping mapping -> "a mapping";
      case Sequence sequence -> "a list";
      case Scalar(String value, String text, Position at) -> "the text '" + value + "'";
      case Scalar scalar when scalar.value() == null -> "empty";
      case Scalar scalar -> scalar.text();
    };
  }
}
