package dev.sightline.triton;

/**
 * One line of Triton's repository index.
 *
 * @param state Triton's word: READY, UNAVAILABLE, LOADING, UNLOADING, or empty when never loaded
 * @param reason Triton's explanation, often empty
 */
public record ModelState(String name, String version, String state, String reason) {
  public boolean ready() {
    return state.equals("READY");
  }

  /** Neither serving nor on its way in or out. */
  public boolean unloaded() {
    return state.isEmpty() || state.equals("UNAVAILABLE");
  }
}
