package dev.sightline.triton.policy;

/** What the server says to {@code open}. */
public sealed interface OpenAnswer permits OpenedRun, LoadingModel {
  static OpenAnswer read(JsonFields body) {
    JsonFields loading = body.optionalObject("loading");
    return loading == null ? OpenedRun.read(body) : new LoadingModel(JobStatus.read(loading));
  }
}
