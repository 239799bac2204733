package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract against a real S3 server. */
class S3ArtifactStoreTest extends ArtifactStoreContract {
  private static final AtomicInteger TESTS = new AtomicInteger();

  @TempDir static Path folder;
  private static S3Server server;
  private static S3Client client;

  private String prefix = "";

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = S3Server.startOrSkip(S3ArtifactStoreTest.class, folder);
    client = server.client();
    client.createBucket(request -> request.bucket(S3Server.BUCKET));
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
      server.close();
    }
  }

  @BeforeEach
  @Override
  void openFirst() {
    prefix = "test-" + TESTS.incrementAndGet() + "/";
    super.openFirst();
  }

  @Override
  ArtifactStore open() {
    return new S3ArtifactStore(client, S3Server.BUCKET, prefix);
  }

  @Override
  String place(Digest digest) {
    return "s3://" + S3Server.BUCKET + "/" + key(digest);
  }

  @Override
  void damage(Digest digest, byte[] bytes) {
    client.putObject(
        request -> request.bucket(S3Server.BUCKET).key(key(digest)), RequestBody.fromBytes(bytes));
  }

  private String key(Digest digest) {
    String hex = digest.hex();
    return prefix + hex.substring(0, 2) + "/" + hex.substring(2, 4) + "/" + hex;
  }

  @Test
  void largeArtifactsComeBack() {
    byte[] bytes = new byte[20_000_000];
    bytes[bytes.length - 1] = 1;

    assertThat(store.get(store.put(bytes))).isEqualTo(bytes);
  }

  @Test
  void aWrongBucketIsForTheOperatorAndAServerThatIsAwayIsTriedAgain() {
    ArtifactStore absent = new S3ArtifactStore(client, "no-such-bucket", "x/");
    StoreContract.assertFails(
        FailureType.INVALID_REQUEST, "s3://no-such-bucket/x/", () -> absent.put(BYTES));
    try (S3Client away = S3Server.client(URI.create("http://127.0.0.1:1"))) {
      ArtifactStore unreachable = new S3ArtifactStore(away, S3Server.BUCKET, "");
      StoreContract.assertFails(
          FailureType.STORE_UNAVAILABLE, "s3://" + S3Server.BUCKET, () -> unreachable.put(BYTES));
    }
  }

  @Test
  void anAddressIsABucketOrAFolder(@TempDir Path elsewhere) {
    assertThat(ArtifactStores.open(elsewhere.toString())).isInstanceOf(FolderArtifactStore.class);
    assertThatThrownBy(() -> ArtifactStores.open("s3://A"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write s3://bucket/prefix");
  }
}
