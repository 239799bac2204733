package dev.sightline.triton;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.grpc.GRPCInferenceServiceGrpc;
import dev.sightline.triton.grpc.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.sightline.triton.grpc.ModelInferRequest;
import dev.sightline.triton.grpc.ModelInferRequest.InferInputTensor;
import dev.sightline.triton.grpc.ModelInferRequest.InferRequestedOutputTensor;
import dev.sightline.triton.grpc.ModelInferResponse;
import dev.sightline.triton.grpc.ModelReadyRequest;
import dev.sightline.triton.grpc.ModelStatistics;
import dev.sightline.triton.grpc.ModelStatisticsRequest;
import dev.sightline.triton.grpc.RepositoryIndexRequest;
import dev.sightline.triton.grpc.RepositoryIndexResponse.ModelIndex;
import dev.sightline.triton.grpc.RepositoryModelLoadRequest;
import dev.sightline.triton.grpc.RepositoryModelUnloadRequest;
import dev.sightline.triton.grpc.ServerLiveRequest;
import dev.sightline.triton.grpc.ServerMetadataRequest;
import dev.sightline.triton.grpc.ServerMetadataResponse;
import dev.sightline.triton.grpc.ServerReadyRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Blocking calls to one Triton server; safe for use by many threads. Every method throws {@link
 * SightlineException} with the {@link FailureType} that the README's table gives.
 */
public final class TritonClient implements AutoCloseable {
  private final TritonChannel channel;
  private final TritonDeadlines deadlines;
  private final ServerCircuit circuit;

  public TritonClient(TritonChannel channel, TritonDeadlines deadlines) {
    this(channel, deadlines, ServerCircuit.Settings.standard());
  }

  public TritonClient(
      TritonChannel channel, TritonDeadlines deadlines, ServerCircuit.Settings circuit) {
    this.channel = channel;
    this.deadlines = deadlines;
    this.circuit = new ServerCircuit(channel.name(), circuit);
  }

  public static TritonClient connect(TritonEndpoint endpoint) {
    return new TritonClient(TritonChannel.open(endpoint), TritonDeadlines.standard());
  }

  public TritonDeadlines deadlines() {
    return deadlines;
  }

  /** For messages: {@code host:port}. */
  public String server() {
    return channel.name();
  }

  /** What all inferences of this client go through; control calls do not. */
  public ServerCircuit circuit() {
    return circuit;
  }

  public boolean serverLive() {
    return control(
            "ServerLive",
            deadlines.health(),
            s -> s.serverLive(ServerLiveRequest.getDefaultInstance()))
        .getLive();
  }

  public boolean serverReady() {
    return control(
            "ServerReady",
            deadlines.health(),
            s -> s.serverReady(ServerReadyRequest.getDefaultInstance()))
        .getReady();
  }

  /** Only says that the model is loaded: it stays true when its Python stub is dead. */
  public boolean modelReady(String model) {
    return control(
            "ModelReady",
            deadlines.health(),
            s -> s.modelReady(ModelReadyRequest.newBuilder().setName(model).build()))
        .getReady();
  }

  public ServerDescription metadata() {
    ServerMetadataResponse answer =
        control(
            "ServerMetadata",
            deadlines.health(),
            s -> s.serverMetadata(ServerMetadataRequest.getDefaultInstance()));
    return new ServerDescription(answer.getName(), answer.getVersion(), answer.getExtensionsList());
  }

  public List<ModelState> repositoryIndex() {
    List<ModelState> states = new ArrayList<>();
    for (ModelIndex line :
        control(
                "RepositoryIndex",
                deadlines.health(),
                s -> s.repositoryIndex(RepositoryIndexRequest.getDefaultInstance()))
            .getModelsList()) {
      states.add(
          new ModelState(line.getName(), line.getVersion(), line.getState(), line.getReason()));
    }
    return List.copyOf(states);
  }

  /** Returns when the model is ready. */
  public void load(String model) {
    control(
        "RepositoryModelLoad",
        deadlines.load(),
        s ->
            s.repositoryModelLoad(
                RepositoryModelLoadRequest.newBuilder().setModelName(model).build()));
  }

  /** Returns before the model is gone: wait by {@link #repositoryIndex()}. */
  public void unload(String model) {
    control(
        "RepositoryModelUnload",
        deadlines.load(),
        s ->
            s.repositoryModelUnload(
                RepositoryModelUnloadRequest.newBuilder().setModelName(model).build()));
  }

  public ModelCounters statistics(String model) {
    List<ModelStatistics> lines =
        control(
                "ModelStatistics",
                deadlines.health(),
                s -> s.modelStatistics(ModelStatisticsRequest.newBuilder().setName(model).build()))
            .getModelStatsList();
    if (lines.isEmpty()) {
      throw new SightlineException(
          FailureType.POLICY_UNAVAILABLE, "Triton " + server() + " has no statistics of " + model);
    }
    ModelStatistics line = lines.getFirst();
    return new ModelCounters(
        line.getName(),
        line.getInferenceCount(),
        line.getInferenceStats().getFail().getCount(),
        Duration.ofNanos(line.getInferenceStats().getFail().getNs()),
        Duration.ofNanos(line.getInferenceStats().getSuccess().getNs()),
        Duration.ofNanos(line.getInferenceStats().getQueue().getNs()),
        Instant.ofEpochMilli(line.getLastInference()));
  }

  /**
   * One inference with BYTES tensors of shape [1].
   *
   * @param what the call in words, for messages
   * @return the outputs in the order of {@code outputs}
   */
  public List<BytesTensor> infer(
      String model,
      List<BytesTensor> inputs,
      List<String> outputs,
      Duration deadline,
      String what) {
    return infer(false, model, inputs, outputs, deadline, what);
  }

  /** An inference that is also sent, now and then, to a server that counts as away. */
  public List<BytesTensor> ping(
      String model,
      List<BytesTensor> inputs,
      List<String> outputs,
      Duration deadline,
      String what) {
    return infer(true, model, inputs, outputs, deadline, what);
  }

  private List<BytesTensor> infer(
      boolean ping,
      String model,
      List<BytesTensor> inputs,
      List<String> outputs,
      Duration deadline,
      String what) {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
    for (BytesTensor input : inputs) {
      request.addInputs(
          InferInputTensor.newBuilder()
              .setName(input.name())
              .setDatatype(BytesTensor.DATATYPE)
              .addShape(1));
      request.addRawInputContents(input.raw());
    }
    for (String output : outputs) {
      request.addOutputs(InferRequestedOutputTensor.newBuilder().setName(output));
    }
    ModelInferResponse answer =
        named(
            what,
            () ->
                circuit.send(
                    ping,
                    channel::reconnect,
                    () -> stub(channel.data(), deadline).modelInfer(request.build())));
    return outputs.stream().map(name -> output(answer, name, what)).toList();
  }

  private BytesTensor output(ModelInferResponse answer, String name, String what) {
    for (int i = 0; i < answer.getOutputsCount(); i++) {
      if (answer.getOutputs(i).getName().equals(name) && i < answer.getRawOutputContentsCount()) {
        try {
          return BytesTensor.fromRaw(name, answer.getRawOutputContents(i));
        } catch (IllegalArgumentException e) {
          throw new SightlineException(
              FailureType.PROTOCOL_VIOLATION, what + ": " + e.getMessage(), e);
        }
      }
    }
    throw new SightlineException(
        FailureType.PROTOCOL_VIOLATION,
        what
            + " at Triton "
            + server()
            + " came back without output "
            + name
            + "; update the model");
  }

  private <T> T control(
      String what, Duration deadline, Function<GRPCInferenceServiceBlockingStub, T> call) {
    return named(what, () -> call.apply(stub(channel.control(), deadline)));
  }

  private static GRPCInferenceServiceBlockingStub stub(
      ManagedChannel connection, Duration deadline) {
    return GRPCInferenceServiceGrpc.newBlockingStub(connection)
        .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  private <T> T named(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw StatusMapper.map(server(), what, e, Thread.currentThread().isInterrupted());
    }
  }

  @Override
  public void close() {
    channel.close();
  }
}
