package dev.sightline.spec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The description of a record: its fields in order, read once from the {@link Field} annotations.
 */
final class RecordType {

  /**
   * One field.
   *
   * @param byDefault the default, as a tree; null: required
   * @param nullable whether null is a value of the field
   * @param sparse whether the tree leaves it out where it is null
   */
  record Entry(
      String name,
      FieldType type,
      String doc,
      @Nullable SpecNode byDefault,
      boolean nullable,
      boolean sparse,
      RecordComponent component) {}

  private static final ClassValue<RecordType> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordType computeValue(Class<?> type) {
          return new RecordType(type);
        }
      };

  private final List<Entry> entries;
  private final Constructor<?> constructor;

  private RecordType(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    entries = Arrays.stream(components).map(RecordType::entry).toList();
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record has its canonical constructor", e);
    }
  }

  static RecordType of(Class<?> recordType) {
    return KNOWN.get(recordType);
  }

  List<Entry> entries() {
    return entries;
  }

  List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  /** Makes the record from one value for each entry, in order. */
  Record make(@Nullable Object[] values) {
    try {
      return (Record) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The value of one field of a record. */
  static @Nullable Object value(Record of, Entry entry) {
    try {
      return entry.component().getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Entry entry(RecordComponent component) {
    Field field =
        Objects.requireNonNull(
            component.getAnnotation(Field.class), () -> component + " has no @Field");
    SpecNode byDefault = field.byDefault().isEmpty() ? null : YamlTree.ofDefault(field.byDefault());
    return new Entry(
        component.getName(),
        type(component.getGenericType(), field),
        field.doc(),
        byDefault,
        field.byDefault().equals("null"),
        field.sparse(),
        component);
  }

  private static FieldType type(Type type, Field field) {
    if (type instanceof ParameterizedType generic) {
      if (generic.getRawType() == List.class) {
        return new FieldType.Many(
            type(generic.getActualTypeArguments()[0], field), field.minItems(), field.distinct());
      }
      if (generic.getRawType() == Map.class) {
        return new FieldType.Free();
      }
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return new FieldType.Text(field.pattern());
    } else if (plain == int.class || plain == Integer.class) {
      return new FieldType.Whole((int) field.min(), (int) field.max(), field.multipleOf());
    } else if (plain == long.class || plain == Long.class) {
      return new FieldType.Seed();
    } else if (plain == double.class || plain == Double.class) {
      return new FieldType.Real(field.min(), field.max(), field.openMin(), field.openMax());
    } else if (plain == boolean.class || plain == Boolean.class) {
      return new FieldType.Flag();
    } else if (plain == Duration.class) {
      return new FieldType.Span();
    } else if (plain.isEnum() && WireName.class.isAssignableFrom(plain)) {
      return FieldType.Choice.of(plain);
    } else if (plain.isRecord()) {
      return new FieldType.Nested(RecordType.of(plain));
    }
    throw new IllegalStateException("no field type for " + type);
  }
}
