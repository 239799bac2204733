package dev.sightline.worker.cli.reward;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.reward.RewardDesign;
import dev.sightline.reward.RewardDesigns;
import dev.sightline.spec.DesignReader;
import dev.sightline.spec.DesignSpec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Designs by name or file. */
final class Designs {
  private Designs() {}

  /** As {@link #read}, ready to score. */
  static RewardDesign of(String nameOrFile) {
    return RewardDesign.of(read(nameOrFile));
  }

  /**
   * A shipped design, or the YAML file of that name.
   *
   * @throws SightlineException INVALID_REQUEST naming file, line, field and fix
   */
  static DesignSpec read(String nameOrFile) {
    Optional<DesignSpec> shipped = RewardDesigns.byName(nameOrFile);
    if (shipped.isPresent()) {
      return shipped.get();
    }
    if (!nameOrFile.endsWith(".yaml") && !nameOrFile.endsWith(".yml")) {
      throw bad(
          "--design: there is no design '%s'; use %s, or a YAML file"
              .formatted(nameOrFile, String.join(", ", RewardDesigns.names())));
    }
    return switch (RewardDesigns.read(nameOrFile, text(nameOrFile))) {
      case DesignReader.Result.Valid(DesignSpec design) -> design;
      case DesignReader.Result.Invalid invalid -> throw bad(invalid.text());
    };
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (NoSuchFileException missing) {
      throw bad("--design: " + file + ": no such file; see `sightline reward list`");
    } catch (CharacterCodingException binary) {
      throw bad("--design: " + file + " is not UTF-8 text; save it as UTF-8");
    } catch (IOException unreadable) {
      throw bad("--design: " + file + " cannot be read (" + unreadable.getMessage() + ")");
    }
  }

  static SightlineException bad(String message) {
    return new SightlineException(FailureType.INVALID_REQUEST, message);
  }
}
