package dev.sightline.worker.scale;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Watches a worker from outside: its metrics every few seconds, since the longest of a time is kept
 * for about two minutes only, and its memory as the kernel counts it.
 */
final class WorkerWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final String TASKS = "temporal_workflow_task_execution_latency_seconds";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI metrics;
  private final Path process;
  private final Thread thread;
  private volatile Seen seen = new Seen(0, 0, 0, 0, 0, 0);

  /**
   * What was seen so far.
   *
   * @param longestTask seconds of the longest workflow task
   * @param tasks how many workflow tasks were done, {@code taskSeconds} in all
   * @param failedTasks workflow tasks that failed
   * @param heapBytes most heap in use, with garbage
   * @param requestsFailed requests to Temporal that failed, long polls apart
   */
  record Seen(
      double longestTask,
      long tasks,
      double taskSeconds,
      long failedTasks,
      long heapBytes,
      long requestsFailed) {}

  WorkerWatch(String workerHttp, long pid) {
    metrics = URI.create(workerHttp + "/metrics");
    process = Path.of("/proc", Long.toString(pid));
    thread = Thread.ofPlatform().daemon().name("watch").start(this::watch);
  }

  private void watch() {
    try {
      while (true) {
        look();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    List<String> lines;
    try {
      lines =
          http.send(
                  HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(30)).build(),
                  HttpResponse.BodyHandlers.ofLines())
              .body()
              .toList();
    } catch (IOException silent) {
      return;
    }
    seen =
        new Seen(
            Math.max(seen.longestTask(), values(lines, TASKS + "_max").max().orElse(0)),
            (long) values(lines, TASKS + "_count").sum(),
            values(lines, TASKS + "_sum").sum(),
            (long) values(lines, "temporal_workflow_task_execution_failed_total").sum(),
            Math.max(
                seen.heapBytes(),
                (long)
                    values(
                            lines.stream().filter(line -> line.contains("area=\"heap\"")).toList(),
                            "jvm_memory_used_bytes")
                        .sum()),
            (long) values(lines, "temporal_request_failure_total").sum());
  }

  private static java.util.stream.DoubleStream values(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
  }

  Seen seen() {
    return seen;
  }

  /** The most that the process ever held in memory, in bytes. */
  long peakResidentBytes() throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    thread.interrupt();
    http.close();
  }
}
