package dev.sightline.worker.stack;

/**
 * {@code run/supervisor.json}: how to talk to the supervisor. Only its owner can read it.
 *
 * @param process the supervisor
 * @param port loopback port of its control endpoint
 * @param token secret that every request must begin with
 */
record ControlRecord(ProcessIdentity process, int port, String token) {
  static final String FILE = "supervisor";
}
