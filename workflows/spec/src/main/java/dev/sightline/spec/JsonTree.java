package dev.sightline.spec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tree of Map, List, String, Number, Boolean and null to {@link SpecNode}, without positions. */
final class JsonTree {
  private JsonTree() {}

  static SpecNode of(@Nullable Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        List<SpecNode.Member> members = new ArrayList<>();
        map.forEach(
            (key, value) ->
                members.add(
                    new SpecNode.Member(String.valueOf(key), SpecNode.Position.NONE, of(value))));
        yield new SpecNode.Mapping(List.copyOf(members), SpecNode.Position.NONE);
      }
      case List<?> list ->
          new SpecNode.Sequence(list.stream().map(JsonTree::of).toList(), SpecNode.Position.NONE);
      case null -> scalar(null);
      case Long n -> scalar(n);
      case Integer n -> scalar(n.longValue());
      case Short n -> scalar(n.longValue());
      case Byte n -> scalar(n.longValue());
      case BigInteger n -> scalar(YamlTree.whole(n.toString()));
      case BigDecimal n -> scalar(n.doubleValue());
      case Double n -> scalar(n);
      case Float n -> scalar(n.doubleValue());
      case String text -> scalar(text);
      case Boolean flag -> scalar(flag);
      case Object other ->
          throw new IllegalArgumentException("no JSON form for " + other.getClass().getName());
    };
  }

  private static SpecNode scalar(@Nullable Object value) {
    return new SpecNode.Scalar(value, String.valueOf(value), SpecNode.Position.NONE);
  }
}
