package dev.sightline.worker.stack;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** One request to a loopback server; the small client keeps the supervisor small. */
final class Http {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 5_000;

  private Http() {}

  /** Returns when the server answers 2xx. */
  static void expectOk(String url) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url).toURL().openConnection(java.net.Proxy.NO_PROXY);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    try {
      int status = connection.getResponseCode();
      if (status / 100 != 2) {
        throw new IOException(url + " answers " + status);
      }
      try (InputStream body = connection.getInputStream()) {
        body.skipNBytes(0);
      }
    } finally {
      connection.disconnect();
    }
  }
}
