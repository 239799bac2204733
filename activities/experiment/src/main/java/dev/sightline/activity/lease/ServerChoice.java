package dev.sightline.activity.lease;

import dev.sightline.storage.LeaseStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which server of the pool a run gets: the one that it was on, since its policy may still be there;
 * else the one with the most room. A server that does not answer is asked last, and one that is
 * away not at all while another answers: its queue is better than a place where nobody is. A run
 * that waits has a ticket at each, and the first free place takes them all back.
 */
final class ServerChoice {
  private final LeaseStore leases;
  private final List<String> servers;
  private final Predicate<String> answers;
  private final Predicate<String> away;
  private List<String> asked;

  /**
   * @param servers the pool's names
   * @param answers whether a server answers now
   * @param away whether it has not for a while
   */
  ServerChoice(
      LeaseStore leases, List<String> servers, Predicate<String> answers, Predicate<String> away) {
    this.leases = leases;
    this.servers = List.copyOf(servers);
    this.answers = answers;
    this.away = away;
    this.asked = this.servers;
  }

  /** What one round of asking gave. */
  sealed interface Answer {}

  /**
   * @param left the server that the run was on before, when that is another
   */
  record Placed(String server, long token, Optional<String> left) implements Answer {}

  /** The best place in any queue, and its server. */
  record Queued(String server, int position) implements Answer {}

  /** A ticket or a lease at each server that may be asked, best first. */
  Answer ask(String run, LeaseStore.Holder holder, Duration timeToLive) {
    Optional<String> last = leases.lastServer(run);
    // A lease that is held keeps its run where it is until the holder gives it back.
    List<String> order =
        leases
            .find(run)
            .filter(held -> !held.expired())
            .filter(held -> held.holder().workflowId().equals(holder.workflowId()))
            .map(held -> List.of(held.server()))
            .orElseGet(() -> order(last));
    asked = order;
    Queued best = null;
    for (String server : order) {
      switch (leases.tryAcquire(run, server, holder, timeToLive)) {
        case LeaseStore.Granted(long token) -> {
          return new Placed(server, token, last.filter(before -> !before.equals(server)));
        }
        case LeaseStore.Waiting(int position) -> {
          if (best == null || position < best.position()) {
            best = new Queued(server, position);
          }
        }
      }
    }
    if (best == null) {
      throw new IllegalStateException("a pool has at least one server");
    }
    return best;
  }

  /** Whether a server that was asked last has a place that nobody holds; it may be promised. */
  boolean hasRoom() {
    return leases.loads().stream()
        .anyMatch(load -> asked.contains(load.server()) && load.held() < load.capacity());
  }

  private List<String> order(Optional<String> last) {
    if (servers.size() == 1) {
      return servers;
    }
    Map<String, LeaseStore.Load> loads =
        leases.loads().stream()
            .collect(Collectors.toMap(LeaseStore.Load::server, Function.identity()));
    List<String> order = new ArrayList<>(servers);
    order.sort(
        Comparator.comparing((String name) -> !last.equals(Optional.of(name)))
            .thenComparing(name -> share(loads.get(name)))
            .thenComparing(Comparator.naturalOrder()));
    List<String> silent = order.stream().filter(answers.negate()).toList();
    order.removeAll(silent);
    if (order.isEmpty()) {
      return silent;
    }
    order.addAll(silent.stream().filter(away.negate()).toList());
    return order;
  }

  private static double share(LeaseStore.@Nullable Load load) {
    return load == null ? 0 : (load.held() + load.waiting()) / (double) load.capacity();
  }
}
