package dev.sightline.triton;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/**
 * Two connections to one Triton: control calls (load, index, health) may stall for minutes inside
 * the server and must not share a connection with inference.
 *
 * <p>No client keep-alive is set: Triton's default answers pings more frequent than five minutes
 * with GOAWAY. The deadline on every call notices a dead peer instead.
 */
public final class TritonChannel implements AutoCloseable {
  /** The largest message that is read: a result chunk, its envelope and room for later versions. */
  public static final int MAX_MESSAGE_BYTES = 64 << 20;

  private final String name;
  private final ManagedChannel control;
  private final ManagedChannel data;

  private TritonChannel(String name, ManagedChannel control, ManagedChannel data) {
    this.name = name;
    this.control = control;
    this.data = data;
  }

  /** Opens lazily: a server that is away shows at the first call. */
  public static TritonChannel open(TritonEndpoint endpoint) {
    return new TritonChannel(endpoint.toString(), connect(endpoint), connect(endpoint));
  }

  /** Takes channels that exist, for transports of the caller's own; closes them with itself. */
  public static TritonChannel of(String name, ManagedChannel control, ManagedChannel data) {
    return new TritonChannel(name, control, data);
  }

  private static ManagedChannel connect(TritonEndpoint endpoint) {
    return NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
        .usePlaintext()
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .build();
  }

  /** For messages: {@code host:port}. */
  public String name() {
    return name;
  }

  ManagedChannel control() {
    return control;
  }

  ManagedChannel data() {
    return data;
  }

  /** Lets the next inference connect at once, whatever gRPC's own back-off says. */
  void reconnect() {
    data.resetConnectBackoff();
  }

  @Override
  public void close() {
    control.shutdownNow();
    data.shutdownNow();
    try {
      // Only so that threads are gone when tests count them; the sockets are already shut.
      boolean gone =
          control.awaitTermination(5, TimeUnit.SECONDS)
              && data.awaitTermination(5, TimeUnit.SECONDS);
      if (!gone) {
        System.getLogger(TritonChannel.class.getName())
            .log(System.Logger.Level.WARNING, "the connection to {0} did not end in 5 s", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
