package dev.sightline.puzzle.render;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.PathIterator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the glyph resources of {@link FontFace} from the DejaVu fonts 2.37. Run once by hand:
 * {@code GlyphResourceMain FOLDER_WITH_TTF FOLDER_OF_RESOURCES}.
 *
 * <p>At a size of 2048, the fonts' units per em, the outlines come out in the font's own whole
 * units; a coordinate that is not whole stops the run.
 */
final class GlyphResourceMain {
  private static final int UNITS = 2048;
  private static final String BEYOND_ASCII = "×÷°±·½¼¾²³–—−…•′″≤≥≠←↑→↓↔↕√∞≈";

  private GlyphResourceMain() {}

  public static void main(String[] args) throws IOException, FontFormatException {
    write(Path.of(args[0], "DejaVuSans.ttf"), Path.of(args[1], "sans.glyphs"));
    write(Path.of(args[0], "DejaVuSans-Bold.ttf"), Path.of(args[1], "sans-bold.glyphs"));
    write(Path.of(args[0], "DejaVuSerif.ttf"), Path.of(args[1], "serif.glyphs"));
    write(Path.of(args[0], "DejaVuSansMono.ttf"), Path.of(args[1], "mono.glyphs"));
  }

  private static void write(Path source, Path target) throws IOException, FontFormatException {
    Font font = Font.createFont(Font.TRUETYPE_FONT, source.toFile()).deriveFont((float) UNITS);
    FontRenderContext context = new FontRenderContext(null, true, true);
    StringBuilder characters = new StringBuilder();
    for (char c = 32; c < 127; c++) {
      characters.append(c);
    }
    characters.append(BEYOND_ASCII);
    double capital = -font.createGlyphVector(context, "H").getOutline().getBounds2D().getMinY();
    StringBuilder out = new StringBuilder();
    out.append("units ").append(UNITS).append(" capital ").append(whole(capital)).append('\n');
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      if (!font.canDisplay(c)) {
        throw new IllegalStateException(source + " has no glyph for " + c);
      }
      GlyphVector glyph = font.createGlyphVector(context, String.valueOf(c));
      out.append((int) c).append(' ').append(whole(glyph.getGlyphMetrics(0).getAdvanceX()));
      outline(glyph.getGlyphOutline(0), out);
      out.append('\n');
    }
    Files.writeString(target, out, StandardCharsets.US_ASCII);
  }

  private static void outline(Shape shape, StringBuilder out) {
    double[] at = new double[6];
    for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
      int numbers =
          switch (path.currentSegment(at)) {
            case PathIterator.SEG_MOVETO -> letter(out, 'M', 2);
            case PathIterator.SEG_LINETO -> letter(out, 'L', 2);
            case PathIterator.SEG_QUADTO -> letter(out, 'Q', 4);
            case PathIterator.SEG_CLOSE -> letter(out, 'Z', 0);
            default -> throw new IllegalStateException("a TrueType outline has no cubic curves");
          };
      for (int i = 0; i < numbers; i++) {
        out.append(' ').append(whole(at[i]));
      }
    }
  }

  private static int letter(StringBuilder out, char letter, int numbers) {
    out.append(' ').append(letter);
    return numbers;
  }

  private static int whole(double value) {
    // Implied points lie half-way between two whole ones; a half unit is 1/4096 of the height.
    double rounded = Math.rint(value);
    if (Math.abs(2 * value - Math.rint(2 * value)) > 1e-3) {
      throw new IllegalStateException(value + " is not in whole units");
    }
    return (int) rounded;
  }
}
