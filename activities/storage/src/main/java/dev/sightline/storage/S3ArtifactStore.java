package dev.sightline.storage;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Artifacts as objects {@code <prefix>/ab/cd/<digest>} of a bucket. An artifact's name is the
 * SHA-256 that S3 checks its bytes against before it stores them.
 */
public final class S3ArtifactStore extends DigestedArtifactStore {
  private static final Pattern ADDRESS =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/?");
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(60);

  /** What no repeat cures. */
  private static final Set<String> SETTINGS =
      Set.of(
          "NoSuchBucket",
          "AccessDenied",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "PermanentRedirect",
          "ExpiredToken",
          "InvalidToken");

  private final S3Client client;
  private final String bucket;
  private final String prefix;

  /**
   * @param prefix of all keys; empty, or ending with a slash
   */
  S3ArtifactStore(S3Client client, String bucket, String prefix) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /**
   * Endpoint, region and credentials are those of AWS's own variables ({@code AWS_ENDPOINT_URL_S3,
   * AWS_REGION, AWS_ACCESS_KEY_ID, ...}); nothing is asked of S3 yet.
   *
   * @param address {@code s3://bucket/prefix}
   * @throws IllegalArgumentException for anything else
   * @throws SightlineException INVALID_REQUEST when there is no region
   */
  static S3ArtifactStore open(String address) {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "the address of artifacts is '" + address + "'; write s3://bucket/prefix or a folder");
    }
    String prefix = matcher.group(2);
    boolean own =
        System.getenv("AWS_ENDPOINT_URL_S3") != null || System.getenv("AWS_ENDPOINT_URL") != null;
    S3Client client;
    try {
      client = client(own).build();
    } catch (SdkClientException e) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          "cannot set up " + address + ": " + e.getMessage() + "; set AWS_REGION",
          e);
    }
    return new S3ArtifactStore(
        client, matcher.group(1), prefix == null || prefix.isEmpty() ? "" : prefix + "/");
  }

  /**
   * @param pathStyle for a server of one's own, which has no host name for each bucket
   */
  static S3ClientBuilder client(boolean pathStyle) {
    return S3Client.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ))
        .forcePathStyle(pathStyle)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
  }

  @Override
  public byte[] get(Digest digest) {
    byte[] bytes =
        asked(
            digest,
            () ->
                client
                    .getObjectAsBytes(request -> request.bucket(bucket).key(key(digest)))
                    .asByteArrayUnsafe());
    if (!Digest.of(bytes).equals(digest)) {
      throw new SightlineException(
          FailureType.ARTIFACT_CORRUPT,
          "artifact " + url(digest) + " is damaged: it has other bytes than its name promises");
    }
    return bytes;
  }

  @Override
  public boolean contains(Digest digest) {
    return head(digest).isPresent();
  }

  @Override
  void store(Digest digest, byte[] bytes) {
    String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.hex()));
    // Empty also where S3 keeps no checksums: then the bytes are sent again.
    if (head(digest).map(HeadObjectResponse::checksumSHA256).filter(checksum::equals).isPresent()) {
      return;
    }
    asked(
        digest,
        () ->
            client.putObject(
                request -> request.bucket(bucket).key(key(digest)).checksumSHA256(checksum),
                RequestBody.fromBytes(bytes)));
  }

  private Optional<HeadObjectResponse> head(Digest digest) {
    try {
      return Optional.of(
          asked(
              digest,
              () ->
                  client.headObject(
                      request ->
                          request
                              .bucket(bucket)
                              .key(key(digest))
                              .checksumMode(ChecksumMode.ENABLED))));
    } catch (SightlineException e) {
      if (e.type() == FailureType.ARTIFACT_MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> T asked(Digest digest, Supplier<T> question) {
    try {
      return question.get();
    } catch (NoSuchKeyException e) {
      throw new SightlineException(
          FailureType.ARTIFACT_MISSING, "artifact " + url(digest) + " is missing", e);
    } catch (S3Exception e) {
      AwsErrorDetails details = e.awsErrorDetails();
      boolean settings =
          e.statusCode() == 403 || (details != null && SETTINGS.contains(details.errorCode()));
      throw new SightlineException(
          settings ? FailureType.INVALID_REQUEST : FailureType.STORE_UNAVAILABLE,
          "cannot use %s: %s%s"
              .formatted(
                  url(digest),
                  e.getMessage(),
                  settings ? "; correct bucket, rights or credentials" : ""),
          e);
    } catch (SdkClientException e) {
      throw new SightlineException(
          FailureType.STORE_UNAVAILABLE,
          "cannot use %s: %s; check that the endpoint can be reached and credentials are set"
              .formatted(url(digest), e.getMessage()),
          e);
    }
  }

  private String key(Digest digest) {
    String hex = digest.hex();
    return prefix + hex.substring(0, 2) + "/" + hex.substring(2, 4) + "/" + hex;
  }

  private String url(Digest digest) {
    return "s3://" + bucket + "/" + key(digest);
  }
}
