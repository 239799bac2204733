package dev.sightline.activity.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.activity.Heartbeat;
import dev.sightline.activity.lease.ServerChoice.Answer;
import dev.sightline.activity.lease.ServerChoice.Placed;
import dev.sightline.activity.lease.ServerChoice.Queued;
import dev.sightline.migrate.Migrations;
import dev.sightline.storage.Database;
import dev.sightline.storage.LeaseStore.Holder;
import dev.sightline.storage.Stores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Runs over a pool of two servers, over PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServerChoiceTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Set<String> silent = new HashSet<>();
  private final Set<String> away = new HashSet<>();
  private EmbeddedPostgres postgres;
  private Stores stores;
  private int pools;
  private String one;
  private String two;
  private ServerChoice choice;

  @BeforeAll
  void startPostgres() throws IOException {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    Migrations.migrate(postgres.getPostgresDatabase());
    stores = Stores.over(new Database(postgres.getPostgresDatabase()));
  }

  @AfterAll
  void stopPostgres() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void makePool() {
    pools++;
    silent.clear();
    away.clear();
    one = "one-" + pools;
    two = "two-" + pools;
    for (String name : List.of(one, two)) {
      stores.policyServers().register(name, "127.0.0.1:1", 1);
    }
    choice =
        new ServerChoice(
            stores.leases(), List.of(one, two), server -> !silent.contains(server), away::contains);
  }

  @Test
  void runsSpreadOverThePoolAndTheNextFreePlaceGoesToWhoWaits() {
    assertThat(ask("a")).isEqualTo(new Placed(one, 1, Optional.empty()));
    assertThat(ask("b")).isEqualTo(new Placed(two, 1, Optional.empty()));
    assertThat(ask("c"))
        .isInstanceOfSatisfying(Queued.class, c -> assertThat(c.position()).isOne());
    assertThat(ask("d"))
        .isInstanceOfSatisfying(Queued.class, d -> assertThat(d.position()).isEqualTo(2));
    assertThat(choice.hasRoom()).as("other pools' servers do not count").isFalse();

    release("b");
    assertThat(choice.hasRoom()).isTrue();
    assertThat(ask("d")).as("c came first").isInstanceOf(Queued.class);
    assertThat(ask("c")).isEqualTo(new Placed(two, 1, Optional.empty()));
    assertThat(stores.leases().waiting(one))
        .as("its ticket there is gone")
        .containsExactly(run("d"));
    release("a");
    assertThat(ask("d")).isEqualTo(new Placed(one, 1, Optional.empty()));
  }

  @Test
  void aRunGoesBackToWhereItWasAndSaysSoWhenItCannot() {
    ask("a");
    ask("b");
    release("b");
    assertThat(ask("b"))
        .as("though one may be freer")
        .isEqualTo(new Placed(two, 2, Optional.empty()));

    release("a");
    release("b");
    ask("c");
    assertThat(ask("a")).isEqualTo(new Placed(two, 2, Optional.of(one)));
  }

  @Test
  void aServerThatDoesNotAnswerIsAskedLastButAHeldLeaseStays() {
    ask("a");
    silent.add(one);
    assertThat(ask("a")).as("held").isEqualTo(new Placed(one, 2, Optional.empty()));

    release("a");
    assertThat(ask("a")).isEqualTo(new Placed(two, 3, Optional.of(one)));
    assertThat(ask("b")).as("better than none").isEqualTo(new Placed(one, 1, Optional.empty()));
  }

  @Test
  void aServerThatIsAwayIsLeftOutWhileAnotherAnswers() {
    silent.add(one);
    away.add(one);
    assertThat(ask("a")).isEqualTo(new Placed(two, 1, Optional.empty()));
    assertThat(ask("b")).isInstanceOf(Queued.class);
    assertThat(stores.leases().waiting(two)).containsExactly(run("b"));
    assertThat(stores.leases().waiting(one)).isEmpty();

    silent.add(two);
    away.add(two);
    assertThat(ask("b")).as("nobody answers").isEqualTo(new Placed(one, 1, Optional.empty()));
    release("b");

    silent.clear();
    away.clear();
    assertThat(ask("c")).as("it is back").isEqualTo(new Placed(one, 1, Optional.empty()));
  }

  private Answer ask(String name) {
    return choice.ask(run(name), holder(name), LONG);
  }

  private void release(String name) {
    assertThat(stores.leases().release(run(name), holder(name))).isTrue();
  }

  private String run(String name) {
    return name + "-" + pools;
  }

  private Holder holder(String name) {
    return new Holder("workflow-" + run(name), "r");
  }

  @Test
  void theNextInTheQueueLooksOftenAndTheLastBeatsInTime() {
    assertThat(LeaseActivitiesImpl.pauseAt(1)).isEqualTo(Duration.ofMillis(250));
    assertThat(LeaseActivitiesImpl.pauseAt(4)).isEqualTo(Duration.ofSeconds(1));
    assertThat(LeaseActivitiesImpl.pauseAt(10_000)).isEqualTo(Heartbeat.EVERY.multipliedBy(2));
  }
}
