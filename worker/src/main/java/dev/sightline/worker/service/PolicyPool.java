package dev.sightline.worker.service;

import dev.sightline.triton.ServerCircuit;
import dev.sightline.triton.TritonClient;
import dev.sightline.triton.TritonEndpoint;
import dev.sightline.triton.policy.PolicyClient;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The policy servers that this worker knows, and a connection to each. */
final class PolicyPool implements AutoCloseable {
  /** The name of the one server where no list is given. */
  static final String LOCAL = "local";

  private static final Pattern MEMBER =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,62})=([^=*,]+?)(?:\\*([1-9]\\d{0,3}))?");

  /**
   * A server and how many runs it may hold at once.
   *
   * @param capacity at least 1
   */
  record Member(TritonEndpoint endpoint, int capacity) {}

  private final SortedMap<String, Member> members;
  private final SortedMap<String, TritonClient> connections = new TreeMap<>();

  /**
   * @param metrics where each server's circuit is shown
   */
  PolicyPool(WorkerSettings settings, MeterRegistry metrics) {
    members = members(settings.policyServers(), settings.tritonAddress());
    members.forEach(
        (name, member) -> connections.put(name, TritonClient.connect(member.endpoint())));
    connections.forEach((name, connection) -> show(name, connection.circuit(), metrics));
  }

  private static void show(String name, ServerCircuit circuit, MeterRegistry metrics) {
    Tags server = Tags.of("server", name);
    Gauge.builder("sightline_policy_circuit_open", circuit, one -> one.open() ? 1 : 0)
        .description("1 while a policy server counts as away and is only pinged")
        .tags(server)
        .register(metrics);
    FunctionCounter.builder("sightline_policy_circuit_opened", circuit, ServerCircuit::opened)
        .description("How often a policy server began to count as away")
        .tags(server)
        .register(metrics);
    FunctionCounter.builder("sightline_policy_circuit_refused", circuit, ServerCircuit::refused)
        .description("Calls that were not sent to a policy server that counts as away")
        .tags(server)
        .register(metrics);
  }

  SortedMap<String, Member> members() {
    return members;
  }

  SortedMap<String, PolicyClient> clients() {
    SortedMap<String, PolicyClient> clients = new TreeMap<>();
    connections.forEach((name, connection) -> clients.put(name, new PolicyClient(connection)));
    return clients;
  }

  @Override
  public void close() {
    connections.values().forEach(TritonClient::close);
  }

  /**
   * Reads {@code name=host:port[*runs],...}; without one, the single address is a pool of one.
   *
   * @throws IllegalArgumentException that names the entry and says how one is written
   */
  static SortedMap<String, Member> members(String list, String address) {
    if (list.isBlank()) {
      return new TreeMap<>(Map.of(LOCAL, new Member(TritonEndpoint.parse(address), 1)));
    }
    SortedMap<String, Member> members = new TreeMap<>();
    for (String entry : list.split(",", -1)) {
      Matcher matcher = MEMBER.matcher(entry.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "SIGHTLINE_POLICY_SERVERS: '"
                + entry.strip()
                + "' is not name=host:port or name=host:port*runs, such as gpu1=10.0.0.5:8001*2");
      }
      int capacity = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
      Member member = new Member(TritonEndpoint.parse(matcher.group(2)), capacity);
      if (members.put(matcher.group(1), member) != null) {
        throw new IllegalArgumentException(
            "SIGHTLINE_POLICY_SERVERS names "
                + matcher.group(1)
                + " twice; give each its own name");
      }
    }
    return members;
  }
}
