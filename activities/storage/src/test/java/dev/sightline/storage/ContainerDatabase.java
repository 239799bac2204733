package dev.sightline.storage;

import dev.sightline.migrate.Migrations;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** One PostgreSQL container per JVM, where an engine answers and has the image. */
final class ContainerDatabase {
  private static final String IMAGE = "local/postgres:15";
  private static @Nullable Database shared;
  private static final Optional<String> REASON = start();

  private ContainerDatabase() {}

  static boolean isPresent() {
    return REASON.isEmpty();
  }

  static Database shared() {
    return Objects.requireNonNull(shared);
  }

  private static Optional<String> start() {
    Optional<String> reason = tryStart();
    reason.ifPresent(text -> System.out.println("SKIPPED: stores on a container: " + text));
    return reason;
  }

  private static Optional<String> tryStart() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.of("no container engine answers");
    }
    try {
      if (DockerClientFactory.lazyClient()
          .listImagesCmd()
          .withReferenceFilter(IMAGE)
          .exec()
          .isEmpty()) {
        return Optional.of("the engine has no image " + IMAGE);
      }
    } catch (RuntimeException e) {
      return Optional.of("the engine cannot list its images: " + e.getMessage());
    }
    // Testcontainers removes it when the JVM exits.
    @SuppressWarnings("resource")
    PostgreSQLContainer container =
        new PostgreSQLContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"))
            .withImagePullPolicy(_ -> false)
            .withTmpFs(Map.of("/var/lib/postgresql/data", "rw"));
    container.start();
    Migrations.migrate(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    shared =
        Database.open(
            new DatabaseSettings(
                container.getJdbcUrl(), container.getUsername(), container.getPassword(), 12));
    return Optional.empty();
  }
}
