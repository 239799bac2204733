package dev.sightline.dataset.gallery;

import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.folder.FolderFiles;
import dev.sightline.puzzle.choice.Choices;
import dev.sightline.puzzle.dataset.DatasetItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A data set as one HTML page without external resources: pictures by family and level, with
 * question and options; answer, twin and difficulty behind a click; filters.
 */
public final class Gallery {
  private final DatasetFolder folder;
  private final int perLevel;
  private final Map<String, Map<Integer, List<DatasetItem>>> shown = new TreeMap<>();
  private final Map<String, Map<Integer, Integer>> counts = new TreeMap<>();
  private final StringBuilder out = new StringBuilder();

  private Gallery(DatasetFolder folder, int perLevel) {
    this.folder = folder;
    this.perLevel = perLevel;
  }

  /**
   * Writes the page.
   *
   * @param perLevel most items shown for each family and level, at least 1
   * @return how many items are on it
   */
  public static int write(DatasetFolder folder, int perLevel, Path file) {
    Gallery gallery = new Gallery(folder, perLevel);
    folder.forEach(gallery::take);
    gallery.page();
    try {
      FolderFiles.write(
          file.toAbsolutePath(), gallery.out.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
    }
    return gallery.shown.values().stream()
        .flatMap(levels -> levels.values().stream())
        .mapToInt(List::size)
        .sum();
  }

  private void take(DatasetItem item) {
    counts
        .computeIfAbsent(item.family(), name -> new TreeMap<>())
        .merge(item.level(), 1, Integer::sum);
    List<DatasetItem> items =
        shown
            .computeIfAbsent(item.family(), name -> new TreeMap<>())
            .computeIfAbsent(item.level(), level -> new ArrayList<>());
    if (items.size() < perLevel) {
      items.add(item);
    }
  }

  private void page() {
    String name = escape(String.valueOf(folder.root().toAbsolutePath().normalize().getFileName()));
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .append(name)
        .append("</title>\n<style>\n")
        .append(resource("gallery.css"))
        .append("</style>\n</head>\n<body>\n<header>\n<div class=\"title\"><h1>")
        .append(name)
        .append("</h1><p>")
        .append(escape(summary()))
        .append("</p></div>\n");
    filters();
    out.append("</header>\n<main>\n");
    shown.forEach(this::family);
    out.append("<p id=\"none\" hidden>Nothing fits these filters.</p>\n</main>\n")
        .append("<dialog id=\"large\"><img alt=\"\"></dialog>\n<script>\n")
        .append(resource("gallery.js"))
        .append("</script>\n</body>\n</html>\n");
  }

  private String summary() {
    String splits =
        folder.splits().stream()
            .map(
                split ->
                    "%,d %s"
                        .formatted(
                            Objects.requireNonNull(folder.index().splits().get(split)).items(),
                            split.wireName()))
            .collect(Collectors.joining(", "));
    return "%d %s, %s items%s; up to %d of each level are shown"
        .formatted(
            shown.size(),
            shown.size() == 1 ? "family" : "families",
            splits,
            folder.index().imported().map(format -> ", from " + format).orElse(""),
            perLevel);
  }

  private void filters() {
    TreeSet<String> kinds = new TreeSet<>();
    TreeSet<Integer> levels = new TreeSet<>();
    shown.values().forEach(byLevel -> levels.addAll(byLevel.keySet()));
    shown
        .values()
        .forEach(
            byLevel ->
                byLevel.values().forEach(items -> items.forEach(i -> kinds.add(i.asked().kind()))));
    out.append("<form id=\"filters\">\n<select name=\"family\" aria-label=\"Family\">")
        .append("<option value=\"\">All families</option>");
    shown.keySet().forEach(this::option);
    out.append("</select>\n<select name=\"kind\" aria-label=\"Question\">")
        .append("<option value=\"\">All questions</option>");
    kinds.forEach(this::option);
    out.append("</select>\n<select name=\"split\" aria-label=\"Split\">")
        .append("<option value=\"\">All splits</option>");
    folder.splits().forEach(split -> option(split.wireName()));
    out.append("</select>\n<span class=\"levels\" role=\"group\" aria-label=\"Levels\">");
    for (int level : levels) {
      out.append("<label><input type=\"checkbox\" name=\"level\" value=\"")
          .append(level)
          .append("\" checked><span>")
          .append(level)
          .append("</span></label>");
    }
    out.append("</span>\n<button type=\"button\" id=\"reveal\">Reveal all</button>\n</form>\n");
  }

  private void option(String value) {
    out.append("<option>").append(escape(value)).append("</option>");
  }

  private void family(String name, Map<Integer, List<DatasetItem>> levels) {
    out.append("<section data-family=\"")
        .append(escape(name))
        .append("\">\n<h2>")
        .append(escape(name))
        .append("</h2>\n");
    levels.forEach(
        (level, items) -> {
          int all = counts.getOrDefault(name, Map.of()).getOrDefault(level, items.size());
          out.append("<div class=\"level\" data-level=\"")
              .append(level)
              .append("\"><h3>Level ")
              .append(level)
              .append(" <small>")
              .append(items.size() == all ? items.size() : items.size() + " of " + all)
              .append("</small></h3>\n<div class=\"grid\">\n");
          items.forEach(this::card);
          out.append("</div></div>\n");
        });
    out.append("</section>\n");
  }

  private void card(DatasetItem item) {
    out.append("<article data-kind=\"")
        .append(escape(item.asked().kind()))
        .append("\" data-split=\"")
        .append(item.split().wireName())
        .append("\">\n");
    folder
        .picture(item)
        .ifPresent(
            png ->
                out.append("<button type=\"button\" class=\"picture\" title=\"Larger\">")
                    .append("<img alt=\"\" src=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(png))
                    .append("\"></button>\n"));
    out.append("<p class=\"about\"><span>")
        .append(escape(item.asked().kind()))
        .append("</span><code>")
        .append(escape(item.id()))
        .append("</code></p>\n<p class=\"question\">")
        .append(escape(item.question()))
        .append("</p>\n");
    Choices choices = item.choices();
    if (choices != null) {
      out.append("<ol class=\"options\">");
      choices
          .options()
          .forEach(option -> out.append("<li>").append(escape(option)).append("</li>"));
      out.append("</ol>\n");
    }
    out.append("<details><summary>Answer</summary>\n<p class=\"answer\">")
        .append(escape(item.answer()));
    if (choices != null) {
      out.append(" <small>").append((char) ('A' + choices.right())).append("</small>");
    }
    out.append("</p>\n<dl><dt>Text twin</dt><dd class=\"twin\">")
        .append(escape(item.textTwin()))
        .append("</dd>\n<dt>")
        .append(escape(item.perceptionQuestion().text()))
        .append("</dt><dd>")
        .append(escape(item.perceptionQuestion().answer()))
        .append("</dd>\n<dt>Difficulty</dt><dd>")
        .append(
            escape(
                item.difficulty().measures().entrySet().stream()
                    .map(measure -> measure.getKey() + " " + measure.getValue())
                    .collect(Collectors.joining(", "))))
        .append("</dd>");
    folder
        .origin(item)
        .ifPresent(
            origin ->
                out.append("\n<dt>")
                    .append(escape(origin.file() + ", line " + origin.line()))
                    .append("</dt><dd>")
                    .append(escape(origin.question()))
                    .append("</dd>"));
    out.append("</dl></details>\n</article>\n");
  }

  private static String resource(String name) {
    try (InputStream resource =
        Objects.requireNonNull(Gallery.class.getResourceAsStream(name), name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is a resource of this jar", e);
    }
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
