package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PostgresTextTest {
  private static final char[] TRICKY = {'\0', '\uE000', '\uE001', '\uE002', 'a'};

  /** Every text of up to five of the characters that matter. */
  @Test
  void everyTextComesBackAndNoTwoAreAlike() {
    List<String> texts = new ArrayList<>(List.of(""));
    int first = 0;
    for (int length = 1; length <= 5; length++) {
      int last = texts.size();
      for (String shorter : List.copyOf(texts.subList(first, last))) {
        for (char next : TRICKY) {
          texts.add(shorter + next);
        }
      }
      first = last;
    }
    Set<String> encoded = new HashSet<>();
    for (String text : texts) {
      String stored = PostgresText.encode(text);
      assertThat(stored.indexOf('\0')).isNegative();
      assertThat(encoded.add(stored)).isTrue();
      assertThat(PostgresText.decode(stored)).isEqualTo(text);
    }
    assertThat(texts).hasSize(3906);
  }
}
