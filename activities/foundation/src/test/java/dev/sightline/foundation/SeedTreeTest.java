package dev.sightline.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTreeTest {
  @Test
  void isTheHeadOfTheHashOfItsPath() {
    SeedTree node = SeedTree.root(7).child("rollout").child(3);
    byte[] hash =
        java.util.HexFormat.of()
            .parseHex(Digest.ofText("sightline-seed/1\u001f7\u001frollout\u001f3").hex());
    assertThat(node.seed()).isEqualTo(ByteBuffer.wrap(hash).getLong());
  }

  @Test
  void neighboursShareNothing() {
    Set<Long> seen = new HashSet<>();
    for (long root = 0; root < 20; root++) {
      for (long child = 0; child < 200; child++) {
        seen.add(SeedTree.root(root).child("item").child(child).seed());
      }
    }
    assertThat(seen).hasSize(4000);
    assertThat(SeedTree.root(1).child("ab").child("c").seed())
        .isNotEqualTo(SeedTree.root(1).child("a").child("bc").seed());
  }

  @Test
  void aWordMayNotHoldTheSeparator() {
    assertThatThrownBy(() -> SeedTree.root(1).child("a\u001fb"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
