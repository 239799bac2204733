package dev.sightline.worker.cli.dataset;

import dev.sightline.dataset.bench.PeerRates;
import dev.sightline.dataset.bench.PuzzleBench;
import dev.sightline.dataset.bench.PuzzleBench.Rate;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "puzzles",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measure whole items a second (draw, both solvers, texts, picture) by family and level, how"
          + " the time splits, and the original scripts' rate beside it.",
      "items/s is wall time of all threads; the others are by one thread's CPU time, which other work",
      "on the machine hardly changes; text/cpu leaves the pictures out. Peer rates were measured",
      "once, on another machine."
    },
    footer = {
      "",
      "Examples:",
      "  sightline bench puzzles",
      "  sightline bench puzzles clock maze --level 1,3,5 --seconds 2",
      "  sightline bench puzzles --threads 2 --json"
    })
final class BenchPuzzlesCommand implements Callable<Integer> {
  @ParentCommand private BenchCommand bench = new BenchCommand();

  @Option(names = "--level", split = ",", paramLabel = "L", description = "Levels (default: 3).")
  private List<Integer> levels = List.of(3);

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Measured for each family and level (default: 1).")
  private double seconds = 1;

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "Width and height of the pictures (default: 448).")
  private int size = 448;

  @Option(names = "--threads", paramLabel = "N", description = "At the same time (default: 1).")
  private int threads = 1;

  @Parameters(paramLabel = "FAMILY", arity = "0..*", description = "Only these (default: all).")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    check();
    Output output = bench.output();
    PeerRates peers = PeerRates.load();
    PuzzleBench puzzles = new PuzzleBench(seconds, size, size, threads);
    List<Rate> rates = new ArrayList<>();
    output.line(
        String.format(
            Locale.ROOT,
            "%-26s %2s %8s %8s %8s  %4s %5s %4s %5s %6s  %8s %6s %9s",
            "family",
            "L",
            "items/s",
            "per cpu",
            "text/cpu",
            "draw",
            "solve",
            "text",
            "paint",
            "encode",
            "peer/s",
            "times",
            "peer text"));
    for (String name : names.isEmpty() ? PuzzleFamilies.names() : names) {
      for (int level : levels) {
        Optional<Rate> measured = puzzles.measure(name, level);
        if (measured.isPresent()) {
          rates.add(measured.get());
          output.line(line(measured.get(), peers));
        }
      }
    }
    if (rates.isEmpty()) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, "no family has level " + levels + "; use 1 to 5");
    }
    summary(rates, peers).forEach(output::line);
    output.result(document(rates, peers));
    return ExitStatus.DONE;
  }

  private void check() {
    for (String name : names) {
      if (PuzzleFamilies.byName(name).isEmpty()) {
        throw bad("no family '" + name + "'; use one of " + PuzzleFamilies.names());
      }
    }
    for (int level : levels) {
      if (level < 1 || level > 5) {
        throw bad("--level: " + level + " is none; use 1 to 5");
      }
    }
    if (!(seconds > 0 && seconds <= 3600)) {
      throw bad("--seconds: " + seconds + " is not between 0 and 3600");
    }
    if (size < 56 || size > 1024) {
      throw bad("--image-size: " + size + " pixels; use 56 to 1024");
    }
    if (threads < 1 || threads > 256) {
      throw bad("--threads: " + threads + "; use 1 to 256");
    }
  }

  private static SightlineException bad(String message) {
    return new SightlineException(FailureType.INVALID_REQUEST, message);
  }

  private static String line(Rate rate, PeerRates peers) {
    Optional<PeerRates.Peer> pictures = peers.pictures(rate.family());
    Optional<PeerRates.Peer> text = peers.text(rate.family());
    return String.format(
        Locale.ROOT,
        "%-26s %2d %8s %8s %8s  %3.0f%% %4.0f%% %3.0f%% %4.0f%% %5.0f%%  %8s %6s %9s",
        rate.family(),
        rate.level(),
        number(rate.itemsPerSecond()),
        number(rate.itemsPerCpuSecond()),
        number(rate.textItemsPerCpuSecond()),
        100 * rate.drawShare(),
        100 * rate.solveShare(),
        100 * rate.textShare(),
        100 * rate.paintShare(),
        100 * rate.encodeShare(),
        pictures.map(peer -> number(peer.itemsPerSecond())).orElse("-"),
        pictures.map(peer -> number(rate.itemsPerCpuSecond() / peer.itemsPerSecond())).orElse("-"),
        text.map(peer -> number(peer.itemsPerSecond())).orElse("-"));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
  }

  /** Geometric means over the families with a peer, level by level. */
  private static List<String> summary(List<Rate> rates, PeerRates peers) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    rates.stream()
        .map(Rate::level)
        .distinct()
        .sorted()
        .forEach(
            level -> {
              List<Rate> with =
                  rates.stream()
                      .filter(rate -> rate.level() == level)
                      .filter(rate -> peers.pictures(rate.family()).isPresent())
                      .toList();
              if (!with.isEmpty()) {
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "level %d, %d families with a peer: geometric mean %s items a"
                            + " CPU second, slowest %s, %s times the peer",
                        level,
                        with.size(),
                        number(mean(with.stream().map(Rate::itemsPerCpuSecond).toList())),
                        number(
                            with.stream().mapToDouble(Rate::itemsPerCpuSecond).min().orElseThrow()),
                        number(
                            mean(
                                with.stream()
                                    .map(
                                        rate ->
                                            rate.itemsPerCpuSecond()
                                                / peers
                                                    .pictures(rate.family())
                                                    .orElseThrow()
                                                    .itemsPerSecond())
                                    .toList()))));
              }
            });
    lines.add("peers: " + peers.measured());
    return lines;
  }

  private static double mean(List<Double> values) {
    return Math.exp(values.stream().mapToDouble(Math::log).average().orElseThrow());
  }

  private Map<String, Object> document(List<Rate> rates, PeerRates peers) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("imageSize", size);
    document.put("threads", threads);
    document.put("secondsEach", seconds);
    document.put("processors", Runtime.getRuntime().availableProcessors());
    document.put("peersMeasured", peers.measured());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Rate rate : rates) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("family", rate.family());
      row.put("level", rate.level());
      row.put("itemsPerSecond", rate.itemsPerSecond());
      row.put("itemsPerCpuSecond", rate.itemsPerCpuSecond());
      row.put("textItemsPerCpuSecond", rate.textItemsPerCpuSecond());
      row.put(
          "shares",
          Map.of(
              "draw", rate.drawShare(),
              "solve", rate.solveShare(),
              "text", rate.textShare(),
              "paint", rate.paintShare(),
              "encode", rate.encodeShare()));
      row.put("items", rate.items());
      peers
          .pictures(rate.family())
          .ifPresent(
              peer ->
                  row.put(
                      "peer",
                      Map.of("itemsPerSecond", peer.itemsPerSecond(), "pictures", peer.what())));
      peers
          .text(rate.family())
          .ifPresent(
              peer ->
                  row.put(
                      "textPeer",
                      Map.of("itemsPerSecond", peer.itemsPerSecond(), "task", peer.what())));
      rows.add(row);
    }
    document.put("rates", rows);
    return document;
  }
}
