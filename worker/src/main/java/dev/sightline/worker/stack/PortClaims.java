package dev.sightline.worker.stack;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Ports that living supervisors of this user have chosen. Without it, two stacks that start at the
 * same moment would both find a port free and meet on it seconds later.
 */
final class PortClaims {
  /** One supervisor's ports. */
  record Claim(ProcessIdentity supervisor, List<Integer> ports) {
    Claim {
      ports = List.copyOf(ports);
    }
  }

  /** The file's content. */
  record Claims(List<Claim> claims) {
    Claims {
      claims = List.copyOf(claims);
    }
  }

  private PortClaims() {}

  /**
   * Chooses ports while no other supervisor chooses, and records them for this process.
   *
   * @param folder shared by all homes and caches of the user
   * @param choice gets a predicate that says whether a port is claimed by another stack
   */
  static Ports choose(Path folder, Function<IntPredicate, Ports> choice) {
    Folders.create(folder);
    Path file = folder.resolve("port-claims.json");
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("port-claims.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      List<Claim> living = new ArrayList<>();
      ProcessIdentity self = ProcessIdentity.ofCurrent();
      if (lock.isValid()) {
        RunFiles.read(file, Claims.class).map(Claims::claims).orElse(List.of()).stream()
            .filter(claim -> !claim.supervisor().equals(self) && claim.supervisor().isAlive())
            .forEach(living::add);
      }
      List<Claim> others = List.copyOf(living);
      Ports ports =
          choice.apply(port -> others.stream().anyMatch(claim -> claim.ports().contains(port)));
      living.add(new Claim(self, List.copyOf(ports.byName().values())));
      RunFiles.write(file, new Claims(living));
      return ports;
    } catch (IOException failure) {
      throw new SightlineException(
          FailureType.STORE_UNAVAILABLE,
          "cannot record ports in " + folder + " (" + failure.getMessage() + ")",
          failure);
    }
  }
}
