package dev.sightline.worker.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.worker.PythonEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack with its real parts: kills of parts and of the supervisor, and a clean end. */
@Timeout(900)
final class LocalStackIT {
  @TempDir private Path folder = Path.of("unset");
  private LocalStack stack = new LocalStack(new StackHome(folder));

  @AfterEach
  void end() {
    stack.down();
  }

  @Test
  void survivesKillsOfItsPartsAndOfItsSupervisorAndLeavesNothing() throws Exception {
    Path python = PythonEnvironment.orSkip(LocalStackIT.class);
    stack = new LocalStack(new StackHome(folder));
    StackSettings settings =
        new StackSettings(
            Installation.root().toString(), python.toString(), 1, List.of(), Installation.build());
    List<String> lines = new ArrayList<>();

    LocalStack.Started first = stack.up(settings, StackOwner.quickstart(), lines::add);
    assertThat(first.owned()).isTrue();
    assertThat(first.status().ready()).isTrue();
    assertThat(lines).hasSize(4);
    StackEndpoints endpoints = stack.endpoints().orElseThrow();
    execute(endpoints, "create table kept (n int)");
    execute(endpoints, "insert into kept values (42)");

    // A second start attaches; `up` makes it stay.
    assertThat(stack.stays()).as("a quickstart ends its stack").isFalse();
    LocalStack.Started second = stack.up(settings, StackOwner.up(), line -> {});
    assertThat(stack.stays()).as("up has taken it over").isTrue();
    assertThat(pids(second.status())).isEqualTo(pids(first.status()));
    assertThat(second.status().owner().kind()).isEqualTo("up");
    assertThat(stack.up(settings, StackOwner.quickstart(), line -> {}).owned()).isFalse();

    for (PartName part : PartName.values()) {
      killPart(part);
    }
    assertThat(stack.endpoints()).contains(endpoints);
    assertThat(kept(endpoints)).isEqualTo(42);

    // Only the supervisor dies: the parts go on and the next one adopts them.
    StackStatus before = stack.status().orElseThrow();
    Signals.send("KILL", before.supervisor().pid());
    Signals.awaitEnd(before.supervisor(), Duration.ofSeconds(10));
    assertThat(stack.orphans()).containsExactly(PartName.values());
    assertThat(stack.adopt()).isTrue();
    await("adoption", () -> stack.status().filter(StackStatus::ready).isPresent());
    StackStatus adopted = stack.status().orElseThrow();
    assertThat(pids(adopted)).isEqualTo(pids(before));
    assertThat(adopted.parts()).allMatch(StackStatus.Part::adopted);
    assertThat(adopted.ports()).isEqualTo(before.ports());
    assertThat(adopted.owner().kind()).isEqualTo("up");

    List<ProcessIdentity> processes = new ArrayList<>(List.of(adopted.supervisor()));
    pids(adopted).values().forEach(pid -> ProcessIdentity.of(pid).ifPresent(processes::add));
    assertThat(processes).hasSize(5);
    assertThat(stack.down()).isTrue();
    assertThat(processes).noneMatch(ProcessIdentity::isAlive);
    assertThat(before.ports().values()).allMatch(Ports::isFree);
    for (PartName part : PartName.values()) {
      assertThat(Files.exists(stack.home().runFile(part.label()))).isFalse();
    }

    // Data and ports outlive an orderly end too.
    stack.up(
        new StackSettings(
            settings.root(),
            settings.python(),
            1,
            List.of(PartName.TRITON, PartName.WORKER, PartName.TEMPORAL),
            settings.build()),
        StackOwner.up(),
        line -> {});
    assertThat(stack.endpoints()).contains(endpoints);
    assertThat(kept(endpoints)).isEqualTo(42);
  }

  private void killPart(PartName name) {
    StackStatus.Part old = stack.status().orElseThrow().part(name);
    Signals.send("KILL", old.pid());
    await(
        name + " is back",
        () ->
            stack
                .status()
                .map(status -> status.part(name))
                .filter(part -> part.state() == StackStatus.State.READY && part.pid() != old.pid())
                .isPresent());
    assertThat(stack.status().orElseThrow().part(name).restarts()).isEqualTo(1);
  }

  private static Map<PartName, Long> pids(StackStatus status) {
    Map<PartName, Long> pids = new TreeMap<>();
    status.parts().forEach(part -> pids.put(part.name(), part.pid()));
    return pids;
  }

  private static void execute(StackEndpoints endpoints, String sql) throws SQLException {
    try (Connection connection = connect(endpoints);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int kept(StackEndpoints endpoints) throws SQLException {
    try (Connection connection = connect(endpoints);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select n from kept")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static Connection connect(StackEndpoints endpoints) throws SQLException {
    return DriverManager.getConnection(
        endpoints.jdbcUrl(), endpoints.jdbcUser(), endpoints.jdbcPassword());
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(4).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Pause.millis(100);
    }
  }
}
