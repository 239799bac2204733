package dev.sightline.worker.cli.reward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sightline.reward.AnswerReader;
import dev.sightline.reward.RewardDesign;
import dev.sightline.reward.RewardDesigns;
import dev.sightline.reward.ScoredCompletion;
import dev.sightline.spec.DesignSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rewards over HTTP on the loopback interface; a virtual thread for each request. */
final class RewardServer {
  private static final Logger LOG = LoggerFactory.getLogger(RewardServer.class);
  private static final int MOST_ITEMS = 10_000;
  private static final int MOST_BYTES = 64 << 20;
  private static final int GRACE_SECONDS = 5;

  private final HttpServer http;
  private final ExecutorService threads;
  private final Map<String, RewardDesign> designs;
  private final String byDefault;
  private final ShownScenes scenes = new ShownScenes();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private RewardServer(HttpServer http, Map<String, RewardDesign> designs, String byDefault) {
    this.http = http;
    this.designs = designs;
    this.byDefault = byDefault;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  /**
   * @param port 0 takes a free one
   * @param byDefault the design of requests that name none; empty: there is none
   */
  static RewardServer start(int port, Map<String, RewardDesign> designs, String byDefault)
      throws IOException {
    // Answers come in two writes: without this the second waits for the client's delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    RewardServer server = new RewardServer(http, designs, byDefault);
    http.setExecutor(server.threads);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** An answer that is none of the results. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refusal(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    int status = 200;
    Object body;
    try (exchange) {
      try {
        body = handle(exchange);
      } catch (Refusal refusal) {
        status = refusal.status;
        body = Map.of("error", String.valueOf(refusal.getMessage()));
      } catch (RuntimeException | Error failure) { // else the client would see a closed connection
        LOG.error("scoring failed", failure);
        status = 500;
        body = Map.of("error", "scoring failed: " + failure + "; this is a bug of Sightline");
      }
      byte[] bytes = ScoreCommand.MAPPER.writeValueAsBytes(body);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Object handle(HttpExchange exchange) throws IOException, Refusal {
    String path = exchange.getRequestURI().getPath();
    String method =
        switch (path) {
          case "/v1/score" -> "POST";
          case "/v1/designs", "/healthz" -> "GET";
          default ->
              throw new Refusal(
                  404, path + " is not here; use POST /v1/score, GET /v1/designs or GET /healthz");
        };
    if (!exchange.getRequestMethod().equals(method)) {
      throw new Refusal(405, path + " takes " + method + ", not " + exchange.getRequestMethod());
    }
    return switch (path) {
      case "/v1/score" -> score(exchange);
      case "/v1/designs" -> Map.of("designs", designs.values().stream().map(this::tree).toList());
      default -> Map.of("status", "up");
    };
  }

  private Map<String, Object> tree(RewardDesign design) {
    return ListCommand.tree(
        design, RewardDesigns.byName(design.name()).map(DesignSpec::doc).orElse(""));
  }

  private Object score(HttpExchange exchange) throws IOException, Refusal {
    // Browsers let any page send plain text here, but ask first before they send JSON.
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      throw new Refusal(415, "Content-Type: is " + type + "; send application/json");
    }
    JsonNode request = body(exchange);
    RewardDesign design = design(request.path("design"));
    JsonNode items = request.path("items");
    if (!items.isArray()) {
      throw new Refusal(400, "items: are missing; send a list, also for one completion");
    }
    if (items.size() > MOST_ITEMS) {
      throw new Refusal(
          413, "items: are " + items.size() + "; send at most " + MOST_ITEMS + " at a time");
    }
    List<ScoreItem> read = new ArrayList<>();
    for (JsonNode node : items) {
      try {
        ScoreItem item = ScoreItem.read(node, read.size() + 1, AnswerReader.STRICT, scenes);
        item.check(design);
        read.add(item);
      } catch (BadInputException wrong) {
        throw new Refusal(400, String.valueOf(wrong.in("items[" + read.size() + "]").getMessage()));
      }
    }
    boolean brief = request.path("brief").asBoolean();
    List<Map<String, @Nullable Object>> results =
        read.parallelStream().map(item -> result(item, design, brief)).toList();
    return Map.of("design", design.name(), "results", results);
  }

  private static Map<String, @Nullable Object> result(
      ScoreItem item, RewardDesign design, boolean brief) {
    ScoredCompletion scored = design.score(item.attempt());
    return brief ? Map.of("id", item.id(), "total", scored.total()) : ScoreResult.of(item, scored);
  }

  private RewardDesign design(JsonNode named) throws Refusal {
    String name = named.isMissingNode() || named.isNull() ? byDefault : named.asText();
    RewardDesign design = designs.get(name);
    if (design == null) {
      throw new Refusal(
          400,
          name.isEmpty()
              ? "design: is missing; name one of " + String.join(", ", designs.keySet())
              : "design: there is no '"
                  + name
                  + "' here; use one of "
                  + String.join(", ", designs.keySet())
                  + ", or start the service with --design FILE");
    }
    return design;
  }

  private static JsonNode body(HttpExchange exchange) throws IOException, Refusal {
    byte[] bytes;
    try (InputStream in = exchange.getRequestBody()) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new Refusal(413, "the request is larger than 64 MiB; send fewer items at a time");
    }
    try {
      JsonNode request = ScoreCommand.MAPPER.readTree(bytes);
      if (request != null && request.isObject()) {
        return request;
      }
    } catch (JsonProcessingException broken) {
      throw new Refusal(400, "the request is no JSON (" + broken.getOriginalMessage() + ")");
    }
    throw new Refusal(400, "the request is no JSON object; send {\"design\", \"items\"}");
  }

  /** Lets requests in progress end. */
  void stop() {
    http.stop(GRACE_SECONDS);
    threads.shutdown();
    stopped.countDown();
  }

  void awaitStop() throws InterruptedException {
    stopped.await();
  }
}
