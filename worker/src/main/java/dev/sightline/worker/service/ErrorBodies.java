package dev.sightline.worker.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.JsonErrorResponseBodyProvider;
import jakarta.inject.Singleton;
import java.util.List;

/** JSON of an error answer. Micronaut brings its own only with its Jackson module, unused here. */
@Singleton
final class ErrorBodies implements JsonErrorResponseBodyProvider<Object> {
  private final ObjectMapper json = new ObjectMapper();

  @Override
  public Object body(ErrorContext context, HttpResponse<?> response) {
    List<String> messages = context.getErrors().stream().map(Error::getMessage).toList();
    return json.createObjectNode()
        .put("status", response.code())
        .put("error", messages.isEmpty() ? response.reason() : String.join("; ", messages))
        .toString();
  }
}
