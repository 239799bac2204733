package dev.sightline.puzzle.render;

import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The type faces that come with the engine, as outlines: a machine without fonts draws the same
 * letters. They are DejaVu 2.37, see {@code DEJAVU-LICENCE.txt} beside the resources.
 *
 * <p>Characters: ASCII 32 to 126 and a few signs ({@link #has}). No kerning.
 */
public enum FontFace {
  SANS("sans"),
  SANS_BOLD("sans-bold"),
  SERIF("serif"),
  MONO("mono");

  /** The highest character with a glyph, plus one; the table is indexed by the character. */
  private static final int CHARACTERS = 0x2300;

  private final String resource;
  private volatile @Nullable Table table;

  FontFace(String resource) {
    this.resource = resource;
  }

  /** Whether the face can draw the character. */
  public boolean has(char character) {
    return character < CHARACTERS && table().glyphs[character] != null;
  }

  /**
   * The pixels from the start of the text to the end of its last character.
   *
   * @param height of a capital letter, in pixels
   */
  public double width(String text, double height) {
    Table loaded = table();
    long units = 0;
    for (int i = 0; i < text.length(); i++) {
      units += loaded.glyph(this, text.charAt(i)).advance;
    }
    return units * height / loaded.capital;
  }

  /** The outline in font units, baseline at y = 0, y growing downwards. Not to be changed. */
  Path2D outline(char character) {
    return table().glyph(this, character).outline;
  }

  int advance(char character) {
    return table().glyph(this, character).advance;
  }

  /** The height of a capital letter in font units. */
  int capital() {
    return table().capital;
  }

  private Table table() {
    Table loaded = table;
    if (loaded == null) {
      // Two threads may both read it; they read the same.
      loaded = read();
      table = loaded;
    }
    return loaded;
  }

  private Table read() {
    String name = resource + ".glyphs";
    try (InputStream in = FontFace.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing from the jar");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      String header = lines.readLine();
      String[] words = header == null ? new String[0] : header.split(" ", -1);
      if (words.length != 4) {
        throw new IllegalStateException("the resource " + name + " has no header line");
      }
      Table loaded = new Table(Integer.parseInt(words[3]));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", -1);
        loaded.glyphs[Integer.parseInt(parts[0])] =
            new Glyph(Integer.parseInt(parts[1]), path(parts));
      }
      return loaded;
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + name + " cannot be read", e);
    }
  }

  private static Path2D path(String[] parts) {
    Path2D.Double path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double[] at = new double[4];
    for (int i = 2; i < parts.length; ) {
      char step = parts[i++].charAt(0);
      int numbers = step == 'Q' ? 4 : step == 'Z' ? 0 : 2;
      for (int n = 0; n < numbers; n++) {
        at[n] = Integer.parseInt(parts[i++]);
      }
      switch (step) {
        case 'M' -> path.moveTo(at[0], at[1]);
        case 'L' -> path.lineTo(at[0], at[1]);
        case 'Q' -> path.quadTo(at[0], at[1], at[2], at[3]);
        case 'Z' -> path.closePath();
        default -> throw new IllegalStateException("unknown step " + step + " in an outline");
      }
    }
    return path;
  }

  private record Glyph(int advance, Path2D outline) {}

  private static final class Table {
    private final int capital;
    private final @Nullable Glyph[] glyphs = new Glyph[CHARACTERS];

    Table(int capital) {
      this.capital = capital;
      Arrays.fill(glyphs, null);
    }

    Glyph glyph(FontFace face, char character) {
      Glyph glyph = character < CHARACTERS ? glyphs[character] : null;
      if (glyph == null) {
        throw new IllegalArgumentException(
            "the face %s has no glyph for U+%04X; use ASCII or one of × ÷ ° ± · – — … ← ↑ → ↓"
                .formatted(face, (int) character));
      }
      return glyph;
    }
  }
}
