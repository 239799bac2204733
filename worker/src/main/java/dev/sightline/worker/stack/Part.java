package dev.sightline.worker.stack;

import java.util.List;

/** One process of the local stack: how to start it, how to see that it is well, how to end it. */
sealed interface Part permits PostgresPart, TemporalPart, TritonPart, WorkerPart {
  PartName name();

  /** Parts that must be ready before this one starts. */
  List<PartName> needs();

  /** Names of the {@link Ports} that it listens on. */
  List<String> ports();

  /**
   * Makes folders and files that the process needs; called before every start, so it must be
   * repeatable. May take seconds the first time.
   */
  void prepare();

  Launch launch();

  /** Returns when the part answers; any exception tells why it does not. */
  void probe() throws Exception;

  /** The signal that asks for an orderly end. */
  String stopSignal();
}
