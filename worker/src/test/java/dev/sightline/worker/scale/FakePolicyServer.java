package dev.sightline.worker.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.Digest;
import dev.sightline.triton.grpc.GRPCInferenceServiceGrpc;
import dev.sightline.triton.grpc.ModelInferRequest;
import dev.sightline.triton.grpc.ModelInferResponse;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * A policy server that answers at once and learns nothing: Triton's gRPC on a port, and the policy
 * protocol behind it. Everything on our side of the wire is real.
 */
final class FakePolicyServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 64 << 20;

  private final FakePolicy policy;
  private final Server server;

  /**
   * @param checkpoints the pool's, as its servers share one folder
   */
  FakePolicyServer(Executor executor, Map<Digest, List<Digest>> checkpoints) {
    policy = new FakePolicy(checkpoints);
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .executor(executor)
              .maxInboundMessageSize(MOST_BYTES)
              .addService(new Service())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Service extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
      try {
        JsonNode envelope = JSON.readTree(content(request.getRawInputContents(0)).toByteArray());
        FakePolicy.Answer answer =
            policy.answer(envelope, content(request.getRawInputContents(1)).toByteArray());
        ModelInferResponse.Builder out = ModelInferResponse.newBuilder();
        output(out, "RESPONSE", CanonicalJson.bytes(answer.envelope()));
        output(out, "CHUNK", answer.chunk());
        observer.onNext(out.build());
        observer.onCompleted();
      } catch (IOException e) {
        observer.onError(e);
      }
    }
  }

  /** One BYTES element: a 4-byte little-endian length, then the bytes. */
  private static ByteString content(ByteString raw) {
    return raw.substring(Integer.BYTES);
  }

  private static void output(ModelInferResponse.Builder out, String name, byte[] content) {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    length.putInt(content.length).flip();
    out.addOutputs(
        ModelInferResponse.InferOutputTensor.newBuilder()
            .setName(name)
            .setDatatype("BYTES")
            .addShape(1));
    out.addRawOutputContents(ByteString.copyFrom(length).concat(ByteString.copyFrom(content)));
  }

  /** What the worker's environment says of such servers. */
  static String list(Map<String, FakePolicyServer> servers, int runsEach) {
    StringBuilder list = new StringBuilder();
    servers.forEach(
        (name, server) ->
            list.append(list.isEmpty() ? "" : ",")
                .append(name)
                .append('=')
                .append(server.address())
                .append('*')
                .append(runsEach));
    return list.toString();
  }
}
