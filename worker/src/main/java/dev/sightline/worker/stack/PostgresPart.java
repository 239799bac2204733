package dev.sightline.worker.stack;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL from the embedded binaries, as a child with a data folder of its own. */
final class PostgresPart implements Part {
  static final String USER = "sightline";
  static final String DATABASE = "sightline";
  private static final Logger LOG = LoggerFactory.getLogger(PostgresPart.class);
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(3);

  private final StackContext context;
  private final Path folder;
  private final Path cluster;
  private boolean databaseExists;

  PostgresPart(StackContext context) {
    this.context = context;
    this.folder = context.home().data("postgres");
    this.cluster = folder.resolve("cluster");
  }

  @Override
  public PartName name() {
    return PartName.POSTGRES;
  }

  @Override
  public List<PartName> needs() {
    return List.of();
  }

  @Override
  public List<String> ports() {
    return List.of("postgres");
  }

  @Override
  public void prepare() {
    Path binaries = PostgresBinaries.unpacked(Folders.cache());
    Folders.create(folder);
    try {
      if (!Files.exists(cluster.resolve("PG_VERSION"))) {
        initialise(binaries);
      }
      clearStaleLock();
    } catch (IOException failure) {
      throw new SightlineException(
          FailureType.STORE_UNAVAILABLE,
          "cannot prepare PostgreSQL in " + folder + " (" + failure.getMessage() + ")",
          failure);
    }
  }

  /** Makes the cluster under another name, so that one that is half made is never used. */
  private void initialise(Path binaries) throws IOException {
    Path making = folder.resolve("making");
    Path passwordFile = passwordFile(context.home());
    Folders.deleteTree(making);
    if (!Files.exists(passwordFile)) {
      Files.createFile(
          passwordFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    byte[] secret = new byte[18];
    new SecureRandom().nextBytes(secret);
    Files.writeString(passwordFile, HexFormat.of().formatHex(secret));
    Unprivileged.Way way = Unprivileged.find(binaries, folder);
    Unprivileged.hand(way, folder);
    List<String> command = new ArrayList<>(way.prefix());
    command.addAll(
        List.of(
            binaries.resolve("bin/initdb").toString(),
            "--pgdata=" + making,
            "--username=" + USER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C"));
    Path log = context.home().log("postgres");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (!process.waitFor(INITDB_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("initdb took longer than " + INITDB_LIMIT.toMinutes() + " minutes");
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during initdb", interrupted);
    }
    if (process.exitValue() != 0) {
      throw new IOException("initdb failed; see " + log);
    }
    Folders.deleteTree(cluster);
    Files.move(making, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * PostgreSQL refuses to start while its lock file names a living process. After a crash that id
   * may belong to something else by now; a postmaster that nobody knows any more is ended.
   */
  private void clearStaleLock() throws IOException {
    Path lock = cluster.resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return;
    }
    long pid;
    try {
      pid = Long.parseLong(Files.readAllLines(lock).getFirst().strip());
    } catch (RuntimeException unreadable) {
      return;
    }
    Optional<ProcessIdentity> holder = ProcessIdentity.of(pid);
    if (holder.isEmpty()) {
      return;
    }
    boolean postgres =
        ProcessTable.executable(pid)
            .filter(path -> path.getFileName().toString().startsWith("postgres"))
            .isPresent();
    if (postgres) {
      LOG.warn("ending PostgreSQL {}, which still runs in {}", pid, cluster);
      Signals.end(holder.get(), stopSignal(), Duration.ofSeconds(10));
    } else {
      LOG.warn("removing {}: process {} is not PostgreSQL", lock, pid);
      Files.deleteIfExists(lock);
    }
  }

  @Override
  public Launch launch() {
    Path binaries = PostgresBinaries.unpacked(Folders.cache());
    List<String> command = new ArrayList<>(Unprivileged.find(binaries, folder).prefix());
    command.addAll(
        List.of(
            binaries.resolve("bin/postgres").toString(),
            "-D",
            cluster.toString(),
            "-p",
            "" + context.ports().of("postgres"),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "max_connections=60",
            "-c",
            "shared_buffers=64MB",
            "-c",
            "log_checkpoints=off",
            "-c",
            "fsync=on"));
    return new Launch(command, Map.of(), folder, "");
  }

  @Override
  public void probe() throws SQLException {
    if (!databaseExists) {
      createDatabase();
      databaseExists = true;
    }
    try (Connection connection = connect(DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }

  private void createDatabase() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("create database " + DATABASE);
    }
  }

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", password(context.home()));
    properties.setProperty("connectTimeout", "3");
    properties.setProperty("socketTimeout", "5");
    properties.setProperty("loginTimeout", "5");
    return DriverManager.getConnection(jdbcUrl(context.ports(), database), properties);
  }

  static String jdbcUrl(Ports ports, String database) {
    return "jdbc:postgresql://127.0.0.1:" + ports.of("postgres") + "/" + database;
  }

  private static Path passwordFile(StackHome home) {
    return home.data("postgres").resolve("password");
  }

  static String password(StackHome home) {
    try {
      return Files.readString(passwordFile(home)).strip();
    } catch (IOException missing) {
      return "";
    }
  }

  /** Fast shutdown: clients are cut off, data is checkpointed. */
  @Override
  public String stopSignal() {
    return "INT";
  }
}
