package dev.sightline.worker.stack;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The loopback ports of a stack: the preferred one or the next free one, chosen once per home and
 * recorded, so that every restart listens where clients expect it.
 *
 * @param byName port by purpose
 */
public record Ports(Map<String, Integer> byName) {
  private static final int TRIES = 200;

  /** Preferred ports; a family of gaps keeps two stacks on one machine readable. */
  static final Map<String, Integer> PREFERRED;

  static {
    Map<String, Integer> preferred = new LinkedHashMap<>();
    preferred.put("temporal", 7233);
    preferred.put("temporal-ui", 8233);
    preferred.put("temporal-http", 7243);
    preferred.put("temporal-metrics", 7253);
    preferred.put("postgres", 5433);
    preferred.put("triton-http", 8000);
    preferred.put("triton-grpc", 8001);
    preferred.put("triton-metrics", 8002);
    preferred.put("worker-http", 8080);
    PREFERRED = Collections.unmodifiableMap(preferred);
  }

  public Ports {
    byName = Map.copyOf(byName);
  }

  public int of(String name) {
    Integer port = byName.get(name);
    if (port == null) {
      throw new IllegalArgumentException("no port is recorded for " + name);
    }
    return port;
  }

  /**
   * Keeps a recorded port as long as it is usable, and moves to the next free one otherwise.
   *
   * @param recorded ports of an earlier start; may be empty
   * @param usable whether a part may listen there: free, or held by that very part
   */
  static Ports choose(Map<String, Integer> recorded, IntPredicate usable) {
    Map<String, Integer> chosen = new LinkedHashMap<>();
    PREFERRED.forEach(
        (name, preferred) -> {
          int from = recorded.getOrDefault(name, preferred);
          chosen.put(name, next(name, from, chosen, recorded, usable));
        });
    return new Ports(chosen);
  }

  private static int next(
      String name,
      int from,
      Map<String, Integer> chosen,
      Map<String, Integer> recorded,
      IntPredicate usable) {
    for (int port = from; port < Math.min(from + TRIES, 65536); port++) {
      boolean promised = chosen.containsValue(port);
      boolean others =
          port != from && (recorded.containsValue(port) || PREFERRED.containsValue(port));
      if (!promised && !others && usable.test(port)) {
        return port;
      }
    }
    throw new SightlineException(
        FailureType.INTERNAL,
        "no free port for "
            + name
            + " between "
            + from
            + " and "
            + (from + TRIES - 1)
            + "; stop what listens there");
  }

  /** The ports that a first start tries first, by purpose. */
  public static Map<String, Integer> preferred() {
    return PREFERRED;
  }

  /** Whether a server could listen on this loopback port now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException busy) {
      return false;
    }
  }
}
