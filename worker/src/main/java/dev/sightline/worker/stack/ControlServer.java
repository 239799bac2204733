package dev.sightline.worker.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The supervisor's ear: one line {@code <token> <request>} on a loopback port, answered by one JSON
 * document. Requests: {@code status}, {@code stop}, {@code own <owner as JSON>}.
 */
final class ControlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final int READ_MILLIS = 5_000;
  private static final int TOKEN_BYTES = 24;

  private final ServerSocket socket;
  private final String token;
  private final Function<String, Object> handler;

  ControlServer(Function<String, Object> handler) throws IOException {
    this.handler = handler;
    this.socket = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    byte[] secret = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(secret);
    this.token = HexFormat.of().formatHex(secret);
    Thread.ofPlatform().daemon().name("control").start(this::serve);
  }

  ControlRecord record() {
    return new ControlRecord(ProcessIdentity.ofCurrent(), socket.getLocalPort(), token);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> answer(client));
      } catch (IOException closed) {
        if (!socket.isClosed()) {
          LOG.warn("control endpoint: {}", closed.getMessage());
        }
      }
    }
  }

  private void answer(Socket client) {
    try (client) {
      client.setSoTimeout(READ_MILLIS);
      String line =
          new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      if (line == null) {
        return;
      }
      int space = line.indexOf(' ');
      byte[] given = line.substring(0, Math.max(space, 0)).getBytes(StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(given, token.getBytes(StandardCharsets.UTF_8))) {
        return;
      }
      Object answer = handler.apply(line.substring(space + 1));
      OutputStream out = client.getOutputStream();
      out.write(RunFiles.JSON.writeValueAsBytes(answer));
      out.flush();
    } catch (IOException | RuntimeException failure) {
      LOG.warn("control request failed: {}", failure.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
