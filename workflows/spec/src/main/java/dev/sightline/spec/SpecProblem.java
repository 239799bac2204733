package dev.sightline.spec;

/**
 * One thing that is wrong, where, and what to do.
 *
 * @param source the file's name, or {@code spec} for a JSON tree
 * @param line from 1; 0 when there is no file
 * @param column from 1; 0 when there is no file
 * @param field path such as {@code arms[0].terms[1].weight}; empty for the whole
 * @param problem what is wrong
 * @param fix what to write instead
 */
public record SpecProblem(
    String source, int line, int column, String field, String problem, String fix) {

  /** {@code file:line: field: problem; fix}, or {@code spec: field: problem; fix}. */
  public String message() {
    String place = line > 0 ? source + ":" + line : source;
    String subject = field.isEmpty() ? "" : field + ": ";
    return place + ": " + subject + problem + "; " + fix;
  }
}
