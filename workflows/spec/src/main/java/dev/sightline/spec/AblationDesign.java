package dev.sightline.spec;

/** How factors become arms. */
public enum AblationDesign implements WireName {
  /** The arms as the file lists them. */
  LIST("list"),
  /** The base, and one arm for each other level of each factor. */
  ONE_FACTOR("oneFactor"),
  /** Every combination of levels. */
  FACTORIAL("factorial"),
  /** A regular fraction of the combinations of factors of two levels. */
  FRACTIONAL("fractional"),
  /** The base, and one arm without each of its terms. */
  LEAVE_ONE_TERM_OUT("leaveOneTermOut"),
  /** One arm for each value of a term's weight or of a field. */
  DOSE_RESPONSE("doseResponse");

  private final String wire;

  AblationDesign(String wire) {
    this.wire = wire;
  }

  @Override
  public String wire() {
    return wire;
  }
}
