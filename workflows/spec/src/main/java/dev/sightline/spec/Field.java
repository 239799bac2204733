package dev.sightline.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Everything that is known of one field of the experiment file, written beside the field itself.
 * The reader, the defaults, the JSON Schema and the table of fields are all made from it; the type
 * is the record component's own.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
  /** One sentence for a researcher. */
  String doc();

  /**
   * The value when the field is absent, as YAML. Empty: the field is required (a nested record is
   * then read as if it were empty). {@code null}: the field may stay absent.
   */
  String byDefault() default "";

  /**
   * Left out of the tree where it is null: fields that were added later, so that the digests of
   * experiments without them stay.
   */
  boolean sparse() default false;

  /** The smallest number, itself allowed unless {@link #openMin()}. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The greatest number, itself allowed unless {@link #openMax()}. */
  double max() default Double.POSITIVE_INFINITY;

  boolean openMin() default false;

  boolean openMax() default false;

  /** An integer has to be a multiple of this. */
  int multipleOf() default 1;

  /** A text has to match this as a whole; empty: any text. */
  String pattern() default "";

  /** The least number of entries of a list. */
  int minItems() default 0;

  /** A list may not hold the same entry twice. */
  boolean distinct() default false;
}
