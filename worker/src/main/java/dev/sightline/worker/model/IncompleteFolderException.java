package dev.sightline.worker.model;

/** A folder that cannot be trained as it is; the message names what is wrong. */
final class IncompleteFolderException extends Exception {
  private static final long serialVersionUID = 1L;

  IncompleteFolderException(String problem) {
    super(problem);
  }
}
