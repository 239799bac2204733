package dev.sightline.worker.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Talks to a living supervisor. */
final class ControlClient {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 10_000;

  private final ControlRecord control;

  private ControlClient(ControlRecord control) {
    this.control = control;
  }

  /** The supervisor of a home, when its process lives. */
  static Optional<ControlClient> find(StackHome home) {
    return RunFiles.read(home.runFile(ControlRecord.FILE), ControlRecord.class)
        .filter(record -> record.process().isAlive())
        .map(ControlClient::new);
  }

  ProcessIdentity supervisor() {
    return control.process();
  }

  StackStatus status() throws IOException {
    return ask("status");
  }

  StackStatus stop() throws IOException {
    return ask("stop");
  }

  StackStatus own(StackOwner owner) throws IOException {
    return ask("own " + RunFiles.JSON.writeValueAsString(owner));
  }

  private StackStatus ask(String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), control.port()), CONNECT_MILLIS);
      socket.setSoTimeout(READ_MILLIS);
      socket
          .getOutputStream()
          .write((control.token() + " " + request + "\n").getBytes(StandardCharsets.UTF_8));
      byte[] answer = socket.getInputStream().readAllBytes();
      if (answer.length == 0) {
        throw new IOException("the supervisor did not answer");
      }
      return RunFiles.JSON.readValue(answer, StackStatus.class);
    }
  }
}
