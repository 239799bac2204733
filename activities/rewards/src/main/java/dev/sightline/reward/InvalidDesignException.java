package dev.sightline.reward;

import dev.sightline.spec.DesignReader;

/** A design that makes no sense, with the place, the problem and what to write instead. */
public final class InvalidDesignException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String field;
  private final String problem;
  private final String fix;

  /**
   * @param field path inside the design or arm, such as {@code terms[1].settings.tag}
   */
  public InvalidDesignException(String field, String problem, String fix) {
    super(field + ": " + problem + "; " + fix);
    this.field = field;
    this.problem = problem;
    this.fix = fix;
  }

  public String field() {
    return field;
  }

  public String problem() {
    return problem;
  }

  public String fix() {
    return fix;
  }

  /** For the reader, which knows the line. */
  public DesignReader.Complaint complaint() {
    return new DesignReader.Complaint(field, problem, fix);
  }

  /** The same seen from outside: {@code terms[1]} before the field. */
  public InvalidDesignException inside(String place) {
    return new InvalidDesignException(field.isEmpty() ? place : place + "." + field, problem, fix);
  }
}
