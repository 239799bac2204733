package dev.sightline.worker.scale;

import dev.sightline.worker.stack.LocalStack;
import dev.sightline.worker.stack.PartName;
import dev.sightline.worker.stack.StackEndpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the parts of a stack have used since they began.
 *
 * @param transactions committed by PostgreSQL in our database
 * @param databaseBytes of our database
 * @param temporalBytes of Temporal's file with its log
 * @param artifacts files of the artifact store
 * @param workerMillis processor time of the worker; the other two likewise
 */
record Usage(
    long transactions,
    long databaseBytes,
    long temporalBytes,
    long artifacts,
    long artifactBytes,
    long workerMillis,
    long temporalMillis,
    long postgresMillis) {

  static Usage of(LocalStack stack, StackEndpoints endpoints) throws IOException, SQLException {
    List<Long> artifacts = sizes(Path.of(endpoints.artifacts()));
    try (Connection connection =
            DriverManager.getConnection(
                endpoints.jdbcUrl(), endpoints.jdbcUser(), endpoints.jdbcPassword());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select xact_commit, pg_database_size(datname) from pg_stat_database"
                    + " where datname = current_database()")) {
      rows.next();
      return new Usage(
          rows.getLong(1),
          rows.getLong(2),
          sum(sizes(stack.home().data("temporal"))),
          artifacts.size(),
          sum(artifacts),
          millis(stack, PartName.WORKER),
          millis(stack, PartName.TEMPORAL),
          millis(stack, PartName.POSTGRES));
    }
  }

  private static List<Long> sizes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(file -> file.toFile().length()).toList();
    }
  }

  private static long sum(List<Long> sizes) {
    return sizes.stream().mapToLong(Long::longValue).sum();
  }

  /** Of the part's process and those below it that live. */
  private static long millis(LocalStack stack, PartName part) {
    long pid = stack.status().orElseThrow().part(part).pid();
    return ProcessHandle.of(pid).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .mapToLong(process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis())
        .sum();
  }

  Usage minus(Usage before) {
    return new Usage(
        transactions - before.transactions,
        databaseBytes - before.databaseBytes,
        temporalBytes - before.temporalBytes,
        artifacts - before.artifacts,
        artifactBytes - before.artifactBytes,
        workerMillis - before.workerMillis,
        temporalMillis - before.temporalMillis,
        postgresMillis - before.postgresMillis);
  }
}
