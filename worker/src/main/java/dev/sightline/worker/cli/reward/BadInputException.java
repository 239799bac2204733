package dev.sightline.worker.cli.reward;

/** A field of an item that no design can use. */
final class BadInputException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param field path inside the item, empty for the whole of it
   */
  BadInputException(String field, String problem, String fix) {
    this((field.isEmpty() ? "" : field + ": ") + problem + "; " + fix);
  }

  private BadInputException(String message) {
    super(message);
  }

  /** The same as {@code place: field: problem; fix}. */
  BadInputException in(String place) {
    return new BadInputException(place + ": " + getMessage());
  }
}
