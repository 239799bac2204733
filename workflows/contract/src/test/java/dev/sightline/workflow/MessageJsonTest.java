package dev.sightline.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.workflow.client.SightlineConverter;
import io.temporal.activity.ActivityInterface;
import io.temporal.common.converter.DataConverter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message keeps its JSON form: {@code messages.json} holds one of each. */
class MessageJsonTest {
  private static final ObjectMapper MAPPER = SightlineConverter.mapper();
  private static final DataConverter CONVERTER = SightlineConverter.dataConverter();

  private static JsonNode golden() {
    try (InputStream resource =
        Objects.requireNonNull(MessageJsonTest.class.getResourceAsStream("/messages.json"))) {
      return MAPPER.readTree(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All records that the workflows' and activities' methods name, and what those hold. */
  static Stream<Class<?>> messages() {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> contract :
        List.of(
            Operable.class,
            RewardAblationWorkflow.class,
            DatasetGenerationWorkflow.class,
            TrainingRunWorkflow.class,
            EvaluationWorkflow.class,
            dev.sightline.workflow.activity.ExperimentActivities.class,
            dev.sightline.workflow.activity.DatasetActivities.class,
            dev.sightline.workflow.activity.TrainingActivities.class,
            dev.sightline.workflow.activity.EvaluationActivities.class,
            dev.sightline.workflow.activity.LeaseActivities.class)) {
      for (Method method : contract.getMethods()) {
        collect(method.getGenericReturnType(), found);
        Arrays.stream(method.getGenericParameterTypes()).forEach(type -> collect(type, found));
      }
    }
    return found.stream();
  }

  private static void collect(Type type, Set<Class<?>> found) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(part -> collect(part, found));
    } else if (type instanceof Class<?> message && message.isRecord() && found.add(message)) {
      Arrays.stream(message.getRecordComponents())
          .forEach(component -> collect(component.getGenericType(), found));
    }
  }

  private static Object read(Class<?> type, JsonNode json) {
    return CONVERTER.fromPayload(CONVERTER.toPayload(json).orElseThrow(), type, type);
  }

  private static JsonNode write(Object message) {
    return CONVERTER.fromPayload(
        CONVERTER.toPayload(message).orElseThrow(), JsonNode.class, JsonNode.class);
  }

  @Test
  void theFileHoldsEveryMessageAndNothingElse() {
    List<String> names = new ArrayList<>();
    golden().fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(messages().map(Class::getSimpleName).toList());
    assertThat(
            dev.sightline.workflow.activity.LeaseActivities.class.isAnnotationPresent(
                ActivityInterface.class))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageKeepsItsForm(Class<?> type) {
    JsonNode json = golden().get(type.getSimpleName());
    assertThat(json).isNotNull();
    Object message = read(type, json);
    assertThat(write(message)).isEqualTo(json);
    assertThat(read(type, write(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void unknownFieldsAreIgnored(Class<?> type) {
    ObjectNode json = golden().get(type.getSimpleName()).deepCopy();
    Object message = read(type, json);
    assertThat(read(type, json.put("fieldOfTomorrow", "x"))).isEqualTo(message);
    assertThat(type.getAnnotation(JsonIgnoreProperties.class))
        .isNotNull()
        .extracting(JsonIgnoreProperties::ignoreUnknown)
        .isEqualTo(true);
  }

  /** A list that an old history lacks is empty, never null. */
  @ParameterizedTest
  @MethodSource("messages")
  void missingFieldsHaveDefaults(Class<?> type) throws ReflectiveOperationException {
    Object message = read(type, MAPPER.createObjectNode());
    for (var component : type.getRecordComponents()) {
      if (List.class.isAssignableFrom(component.getType())
          || java.util.Map.class.isAssignableFrom(component.getType())) {
        assertThat(component.getAccessor().invoke(message))
            .describedAs("%s.%s", type.getSimpleName(), component.getName())
            .isNotNull();
      }
    }
  }
}
