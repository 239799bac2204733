package dev.sightline.workflow.internal.fake;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Failures to come, by call; and the calls as they came. Thread-safe. */
public final class Faults {
  private final Map<String, Deque<FailureType>> planned = new LinkedHashMap<>();
  private final Map<String, FailureType> lasting = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();

  /** The next calls of this name fail, one after another. */
  public synchronized void next(String call, FailureType... types) {
    planned.computeIfAbsent(call, name -> new ArrayDeque<>()).addAll(List.of(types));
  }

  /** All calls of this name fail until {@link #heal}. */
  public synchronized void always(String call, FailureType type) {
    lasting.put(call, type);
  }

  public synchronized void heal(String call) {
    lasting.remove(call);
  }

  /** Notes a call, and fails it when that is planned. */
  synchronized void call(String call, String detail) {
    calls.add(detail.isEmpty() ? call : call + " " + detail);
    FailureType forced = lasting.get(call);
    if (forced != null) {
      throw new SightlineException(forced, call + " is made to fail");
    }
    Deque<FailureType> queue = planned.get(call);
    FailureType type = queue == null ? null : queue.poll();
    if (type != null) {
      throw new SightlineException(type, call + " is made to fail");
    }
  }

  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  public synchronized List<String> calls(String name) {
    return calls.stream().filter(call -> call.equals(name) || call.startsWith(name + " ")).toList();
  }
}
