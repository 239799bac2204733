package dev.sightline.worker.cli.experiment;

import dev.sightline.worker.cli.view.ExperimentView;
import dev.sightline.worker.cli.view.StatusText;
import java.io.PrintStream;
import java.util.List;

/** A block of lines that is drawn again in place. */
public final class LiveDisplay implements Display {
  private static final String UP_AND_CLEAR = "\u001b[%dA\r\u001b[J";
  // Without automatic wrapping a narrow terminal cannot make one line into two.
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final PrintStream terminal;
  private int drawn;

  public LiveDisplay(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public void show(ExperimentView view, String timeLeft, double at) {
    List<String> lines = StatusText.live(view, timeLeft);
    StringBuilder text = new StringBuilder(clear()).append(NO_WRAP);
    lines.forEach(line -> text.append(line).append('\n'));
    terminal.print(text.append(WRAP));
    terminal.flush();
    drawn = lines.size();
  }

  @Override
  public void say(String text) {
    terminal.print(clear());
    terminal.println(text);
    terminal.flush();
    drawn = 0;
  }

  private String clear() {
    return drawn == 0 ? "" : String.format(java.util.Locale.ROOT, UP_AND_CLEAR, drawn);
  }

  @Override
  public void close() {
    terminal.print(WRAP);
    terminal.flush();
  }
}
