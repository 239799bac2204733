package dev.sightline.workflow.internal.operation;

/** Leaves the work of a stage that an operator aborted or skipped; never leaves the workflow. */
public final class StageEnding extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StageEnding() {
    super("the stage is ending", null, false, false);
  }
}
