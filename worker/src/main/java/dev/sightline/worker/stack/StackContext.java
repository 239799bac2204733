package dev.sightline.worker.stack;

/**
 * Where and with what the parts run.
 *
 * @param home folders
 * @param settings of this start
 * @param ports loopback ports by purpose
 */
record StackContext(StackHome home, StackSettings settings, Ports ports) {
  String address(String port) {
    return "127.0.0.1:" + ports.of(port);
  }
}
