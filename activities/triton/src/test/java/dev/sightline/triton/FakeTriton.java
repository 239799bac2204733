package dev.sightline.triton;

import com.google.protobuf.ByteString;
import dev.sightline.triton.grpc.GRPCInferenceServiceGrpc;
import dev.sightline.triton.grpc.ModelInferRequest;
import dev.sightline.triton.grpc.ModelInferResponse;
import dev.sightline.triton.grpc.ModelReadyRequest;
import dev.sightline.triton.grpc.ModelReadyResponse;
import dev.sightline.triton.grpc.ModelStatistics;
import dev.sightline.triton.grpc.ModelStatisticsRequest;
import dev.sightline.triton.grpc.ModelStatisticsResponse;
import dev.sightline.triton.grpc.RepositoryIndexRequest;
import dev.sightline.triton.grpc.RepositoryIndexResponse;
import dev.sightline.triton.grpc.RepositoryModelLoadRequest;
import dev.sightline.triton.grpc.RepositoryModelLoadResponse;
import dev.sightline.triton.grpc.RepositoryModelUnloadRequest;
import dev.sightline.triton.grpc.RepositoryModelUnloadResponse;
import dev.sightline.triton.grpc.ServerLiveRequest;
import dev.sightline.triton.grpc.ServerLiveResponse;
import dev.sightline.triton.grpc.ServerMetadataRequest;
import dev.sightline.triton.grpc.ServerMetadataResponse;
import dev.sightline.triton.grpc.ServerReadyRequest;
import dev.sightline.triton.grpc.ServerReadyResponse;
import io.grpc.Context;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Triton's gRPC surface in this process, or on a port of it, for the tests of our own side only.
 */
public final class FakeTriton implements AutoCloseable {
  /** REQUEST and CHUNK as they came, to RESPONSE and CHUNK; null never answers. */
  public interface Model {
    @Nullable List<ByteString> apply(List<ByteString> inputs);
  }

  private final String name = UUID.randomUUID().toString();
  private final Server server;

  /** RPC names in order, with "(no deadline)" behind those without one. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  public volatile String modelState = "READY";

  /** UNLOADING is where a model with a dead stub stays. */
  public volatile String unloadedState = "UNAVAILABLE";

  public FakeTriton(Model model) {
    server = start(InProcessServerBuilder.forName(name).addService(new Service(model)));
  }

  private FakeTriton(Model model, InetSocketAddress address) {
    server =
        start(
            NettyServerBuilder.forAddress(address)
                .maxInboundMessageSize(TritonChannel.MAX_MESSAGE_BYTES)
                .addService(new Service(model)));
  }

  /** For a client in another process. */
  public static FakeTriton onPort(Model model) {
    return onPort(model, 0);
  }

  /**
   * @param port one that is known, or 0 for any
   */
  static FakeTriton onPort(Model model, int port) {
    return new FakeTriton(model, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static Server start(ServerBuilder<?> builder) {
    try {
      return builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getPort();
  }

  public TritonClient client() {
    return client(TritonDeadlines.standard());
  }

  public TritonClient client(TritonDeadlines deadlines) {
    return new TritonClient(
        TritonChannel.of(
            "fake",
            InProcessChannelBuilder.forName(name).build(),
            InProcessChannelBuilder.forName(name).build()),
        deadlines);
  }

  public static TritonDeadlines deadlines(Duration each) {
    return new TritonDeadlines(each, each, each, each, each);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Service extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private final Model model;

    Service(Model model) {
      this.model = model;
    }

    private <T> void answer(String rpc, StreamObserver<T> observer, Supplier<@Nullable T> answer) {
      calls.add(rpc + (Context.current().getDeadline() == null ? " (no deadline)" : ""));
      try {
        T value = answer.get();
        if (value != null) {
          observer.onNext(value);
          observer.onCompleted();
        }
      } catch (StatusRuntimeException e) {
        observer.onError(e);
      }
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
      answer("ServerLive", observer, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(
        ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
      answer(
          "ServerReady", observer, () -> ServerReadyResponse.newBuilder().setReady(true).build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
      answer("ModelReady", observer, () -> ModelReadyResponse.newBuilder().setReady(true).build());
    }

    @Override
    public void serverMetadata(
        ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
      answer(
          "ServerMetadata",
          observer,
          () -> ServerMetadataResponse.newBuilder().setName("triton").setVersion("0").build());
    }

    @Override
    public void modelStatistics(
        ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> observer) {
      answer(
          "ModelStatistics",
          observer,
          () ->
              ModelStatisticsResponse.newBuilder()
                  .addModelStats(
                      ModelStatistics.newBuilder()
                          .setName(request.getName())
                          .setInferenceCount(7)
                          .setLastInference(1000))
                  .build());
    }

    @Override
    public void repositoryIndex(
        RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> observer) {
      answer(
          "RepositoryIndex",
          observer,
          () ->
              RepositoryIndexResponse.newBuilder()
                  .addModels(
                      RepositoryIndexResponse.ModelIndex.newBuilder()
                          .setName("policy")
                          .setVersion("1")
                          .setState(modelState))
                  .build());
    }

    @Override
    public void repositoryModelLoad(
        RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> observer) {
      answer(
          "RepositoryModelLoad",
          observer,
          () -> {
            modelState = "READY";
            return RepositoryModelLoadResponse.getDefaultInstance();
          });
    }

    @Override
    public void repositoryModelUnload(
        RepositoryModelUnloadRequest request,
        StreamObserver<RepositoryModelUnloadResponse> observer) {
      answer(
          "RepositoryModelUnload",
          observer,
          () -> {
            modelState = unloadedState;
            return RepositoryModelUnloadResponse.getDefaultInstance();
          });
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
      answer(
          "ModelInfer",
          observer,
          () -> {
            if (!modelState.equals("READY")) {
              throw Status.UNAVAILABLE
                  .withDescription("Request for unknown model: 'policy' has no available versions")
                  .asRuntimeException();
            }
            List<ByteString> out =
                model.apply(
                    List.of(
                        BytesTensor.fromRaw("REQUEST", request.getRawInputContents(0)).content(),
                        BytesTensor.fromRaw("CHUNK", request.getRawInputContents(1)).content()));
            if (out == null) {
              return null;
            }
            ModelInferResponse.Builder answer = ModelInferResponse.newBuilder();
            // In another order than asked for: only the names count.
            output(answer, "CHUNK", out.get(1));
            output(answer, "RESPONSE", out.get(0));
            return answer.build();
          });
    }

    private void output(ModelInferResponse.Builder answer, String name, ByteString content) {
      answer.addOutputs(
          ModelInferResponse.InferOutputTensor.newBuilder()
              .setName(name)
              .setDatatype("BYTES")
              .addShape(1));
      answer.addRawOutputContents(new BytesTensor(name, content).raw());
    }
  }
}
