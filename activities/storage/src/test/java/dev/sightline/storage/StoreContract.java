package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every store's contract needs. Tests share a database, so each names things of its own. */
abstract class StoreContract {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final AtomicInteger NAMES = new AtomicInteger();

  final Database database = database();
  final Stores stores = Stores.over(database);

  /** A migrated database. */
  abstract Database database();

  static String name(String prefix) {
    return prefix + "-" + NAMES.incrementAndGet();
  }

  static Digest digest(String text) {
    return Digest.ofText(text);
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static void assertFails(FailureType type, String words, ThrowingCallable call) {
    SightlineException failure = catchThrowableOfType(SightlineException.class, call);
    assertThat(failure).as("a failure of type %s", type).isNotNull();
    assertThat(failure.type()).as(failure.getMessage()).isEqualTo(type);
    assertThat(failure).hasMessageContaining(words);
  }

  /** Runs the same work in several threads that start together. */
  static <T> List<T> together(int threads, Callable<T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            executor.submit(
                () -> {
                  start.await();
                  return work.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get());
      }
      return results;
    }
  }
}
