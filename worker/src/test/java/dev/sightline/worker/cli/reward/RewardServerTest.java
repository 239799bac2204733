package dev.sightline.worker.cli.reward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sightline.reward.RewardDesign;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RewardServerTest {
  private static final String ITEM =
      "{\"id\":\"%d\",\"completion\":\"<answer>%d</answer>\",\"answer\":\"3\",\"answerType\":\"integer\"}";

  private final HttpClient http = HttpClient.newHttpClient();
  private RewardServer server = unset();

  @SuppressWarnings("NullAway") // set before each test
  private static RewardServer unset() {
    return null;
  }

  @BeforeEach
  void start() throws IOException {
    Map<String, RewardDesign> designs = new TreeMap<>();
    for (String name : List.of("only_accuracy", "perception_facts")) {
      designs.put(name, Designs.of(name));
    }
    server = RewardServer.start(0, designs, "only_accuracy");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .header("Content-Type", "application/json");
  }

  private HttpRequest scoring(String body) {
    return to("/v1/score").POST(HttpRequest.BodyPublishers.ofString(body)).build();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new JsonMapper().readTree(response.body());
  }

  @Test
  void scoresInOrder() throws Exception {
    String items =
        String.join(",", IntStream.range(0, 200).mapToObj(i -> ITEM.formatted(i, i)).toList());
    JsonNode answer = json(send(scoring("{\"items\":[" + items + "]}")));
    assertThat(answer.path("design").asText()).isEqualTo("only_accuracy");
    for (int i = 0; i < 200; i++) {
      JsonNode result = answer.path("results").get(i);
      assertThat(result.path("id").asText()).isEqualTo("" + i);
      assertThat(result.path("total").asDouble()).isEqualTo(i == 3 ? 1 : 0);
    }
    assertThat(json(send(scoring("{\"items\":[]}"))).path("results")).isEmpty();
    String one = "{\"brief\":true,\"items\":[" + ITEM.formatted(7, 3) + "]}";
    assertThat(json(send(scoring(one))).path("results").get(0).properties())
        .hasSize(2)
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("id", "total");
  }

  @Test
  void answersManyAtOnce() {
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 64)
            .mapToObj(
                i ->
                    http.sendAsync(
                        scoring("{\"items\":[" + ITEM.formatted(i, 3) + "]}"),
                        HttpResponse.BodyHandlers.ofString()))
            .toList();
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.join().body()).contains("\"total\":1.0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense | the request is no JSON (",
        "[] | the request is no JSON object; ",
        "{} | items: are missing; ",
        "{\"design\":\"x\",\"items\":[]} | design: there is no 'x' here; use one of ",
        "{\"items\":[{}]} | items[0]: completion: is missing; give a text",
        "{\"design\":\"perception_facts\",\"items\":[{\"completion\":\"\",\"answer\":\"3\","
            + "\"answerType\":\"integer\"}]} | items[0]: scene: is missing, and",
      })
  void refusesInTheWordsOfTheCommand(String body, String words) throws Exception {
    HttpResponse<String> answer = send(scoring(body));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asText()).contains(words);
  }

  @Test
  void refusesOtherRequests() throws Exception {
    assertThat(send(to("/").GET().build()).statusCode()).isEqualTo(404);
    assertThat(send(to("/v1/score").GET().build()).statusCode()).isEqualTo(405);
    HttpRequest plain =
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/score"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    assertThat(send(plain).statusCode()).isEqualTo(415);
    String many =
        String.join(",", IntStream.range(0, 10_001).mapToObj(i -> ITEM.formatted(i, i)).toList());
    assertThat(send(scoring("{\"items\":[" + many + "]}")).statusCode()).isEqualTo(413);
  }

  @Test
  void tellsDesignsAndHealth() throws Exception {
    assertThat(json(send(to("/healthz").GET().build())).path("status").asText()).isEqualTo("up");
    assertThat(json(send(to("/v1/designs").GET().build())).path("designs").findValuesAsText("doc"))
        .hasSize(2);
  }
}
