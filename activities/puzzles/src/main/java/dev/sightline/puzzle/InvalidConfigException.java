package dev.sightline.puzzle;

/**
 * A family's configuration that cannot be used: which field, what is wrong, how to put it right.
 */
public final class InvalidConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String problem;
  private final String fix;

  public InvalidConfigException(String field, String problem, String fix) {
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
}
