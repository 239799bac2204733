package dev.sightline.dataset.export;

import java.io.IOException;

/** Takes the items of a data set, split by split; {@link #close} completes the files. */
interface ExportWriter extends AutoCloseable {
  void add(ExportItem item) throws IOException;

  @Override
  void close() throws IOException;
}
