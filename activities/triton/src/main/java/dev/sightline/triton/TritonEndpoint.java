package dev.sightline.triton;

/** Where Triton's gRPC port listens, without transport security: keep it on a trusted network. */
public record TritonEndpoint(String host, int port) {
  public TritonEndpoint {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the Triton host is blank; give a name or an address");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("the Triton port is " + port + "; give 1 to 65535");
    }
  }

  /** Reads {@code host:port}. */
  public static TritonEndpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("'" + text + "' is not host:port");
    }
    try {
      return new TritonEndpoint(
          text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not host:port", e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
