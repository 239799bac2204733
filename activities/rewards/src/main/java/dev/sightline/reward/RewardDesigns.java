package dev.sightline.reward;

import dev.sightline.spec.DesignReader;
import dev.sightline.spec.DesignSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The designs of this build, each a YAML file beside this class, and the reader of users' own. */
public final class RewardDesigns {
  private static final List<String> SHIPPED =
      List.of(
          "vanilla",
          "only_accuracy",
          "mixture",
          "continuous",
          "visual_fusion",
          "no_accuracy",
          "perception_facts",
          "perception_solved",
          "perception_gated",
          "perception_curriculum",
          "caption_reader",
          "judge_recall",
          "sft_description",
          "random",
          "constant",
          "length_only");

  private static final Map<String, DesignSpec> BY_NAME = new TreeMap<>();

  static {
    SHIPPED.forEach(name -> BY_NAME.put(name, shipped(name)));
  }

  private RewardDesigns() {}

  public static Optional<DesignSpec> byName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The paper's six, ours, competitors, controls. */
  public static List<String> names() {
    return SHIPPED;
  }

  /**
   * Reads a design file, and checks all that its terms and its prompt say.
   *
   * @param fileName what messages call the file
   */
  public static DesignReader.Result read(String fileName, String yaml) {
    return DesignReader.readYaml(fileName, yaml, RewardDesigns::check);
  }

  private static Optional<DesignReader.Complaint> check(DesignSpec design) {
    try {
      RewardDesign.of(design);
      return Optional.empty();
    } catch (InvalidDesignException e) {
      return Optional.of(e.complaint());
    }
  }

  private static DesignSpec shipped(String name) {
    String file = "design/" + name + ".yaml";
    try (InputStream in = RewardDesigns.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + file);
      }
      return switch (read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
        case DesignReader.Result.Valid(DesignSpec design) -> design;
        case DesignReader.Result.Invalid invalid -> throw new IllegalStateException(invalid.text());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
