package dev.sightline.worker.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.worker.stack.Installation;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** Health and metrics. Written by hand: Micronaut's management module is not used here. */
@Controller
final class OperationsController {
  private final TemporalWorkers workers;
  private final PrometheusMeterRegistry registry;
  private final ObjectMapper json = new ObjectMapper();

  OperationsController(TemporalWorkers workers, PrometheusMeterRegistry registry) {
    this.workers = workers;
    this.registry = registry;
  }

  /**
   * Says that this process works. It does not ask the databases: when they are away, ending the
   * worker would not bring them back.
   */
  @Get(uri = "/health", produces = MediaType.APPLICATION_JSON)
  String health() throws JsonProcessingException {
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("status", "UP");
    health.put("build", Installation.build());
    health.put("queues", workers.queues());
    health.put("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
    return json.writeValueAsString(health);
  }

  @Get(uri = "/metrics", produces = "text/plain; version=0.0.4; charset=utf-8")
  String metrics() {
    return registry.scrape();
  }
}
