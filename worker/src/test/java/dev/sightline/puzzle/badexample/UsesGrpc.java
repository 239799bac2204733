package dev.sightline.puzzle.badexample;

import io.grpc.Status;

/** Breaks a rule on purpose: talks to a server by itself. */
public final class UsesGrpc {
  private UsesGrpc() {}

  public static Status status() {
    return Status.OK;
  }
}
