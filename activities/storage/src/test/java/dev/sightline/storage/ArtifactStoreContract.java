package dev.sightline.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of artifacts does. */
abstract class ArtifactStoreContract {
  static final byte[] BYTES = "what was rolled out".getBytes(UTF_8);

  ArtifactStore store;

  /** Opens the store of this test, which is empty the first time. */
  abstract ArtifactStore open();

  /** How failures name an artifact. */
  abstract String place(Digest digest);

  /** Writes other bytes over an artifact behind the store's back. */
  abstract void damage(Digest digest, byte[] bytes);

  @BeforeEach
  void openFirst() {
    store = open();
  }

  @Test
  void bytesComeBackByTheirDigest() {
    Digest digest = store.put(BYTES);

    assertThat(digest).isEqualTo(Digest.of(BYTES));
    assertThat(store.get(digest)).isEqualTo(BYTES);
    assertThat(store.contains(digest)).isTrue();
    assertThat(store.get(store.put(new byte[0]))).isEmpty();
    assertThat(store.put(BYTES)).isEqualTo(digest);
    assertThat(open().get(digest)).isEqualTo(BYTES);
  }

  @Test
  void aMissingArtifactIsNamed() {
    Digest digest = Digest.ofText("nothing");

    assertThat(store.contains(digest)).isFalse();
    StoreContract.assertFails(FailureType.ARTIFACT_MISSING, place(digest), () -> store.get(digest));
  }

  @Test
  void damageIsNoticedAndMended() {
    Digest digest = store.put(BYTES);
    byte[] damaged = BYTES.clone();
    damaged[3] ^= 1;
    damage(digest, damaged);

    StoreContract.assertFails(FailureType.ARTIFACT_CORRUPT, place(digest), () -> store.get(digest));
    StoreContract.assertFails(
        FailureType.ARTIFACT_CORRUPT, digest.hex(), () -> store.put(digest, damaged));
    store.put(digest, BYTES);
    assertThat(store.get(digest)).isEqualTo(BYTES);
  }

  @Test
  void manyWritersOfTheSameBytesMakeOneArtifact() throws Exception {
    List<Digest> digests = StoreContract.together(8, () -> store.put(BYTES));

    assertThat(new HashSet<>(digests)).hasSize(1);
    assertThat(store.get(digests.getFirst())).isEqualTo(BYTES);
  }
}
