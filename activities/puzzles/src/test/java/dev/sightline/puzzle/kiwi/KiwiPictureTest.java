package dev.sightline.puzzle.kiwi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KiwiPictureTest {
  private final ConfiguredFamily family = PuzzleFamilies.configure("rotting_kiwi", Map.of());
  private final KiwiScene scene = new KiwiScene(3, 3, "--F-FFRF-");

  private BufferedImage picture(KiwiScene board, int width, int height) throws IOException {
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(family.png(board, Rendering.PLAIN, width, height)));
    assertThat(image).isNotNull();
    return image;
  }

  private static int colour(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  /** An independent reader takes the file; every cell is one 28-pixel patch. */
  @Test
  void drawsEachCellOnItsPatch() throws IOException {
    BufferedImage image = picture(scene, 84, 84);
    assertThat(image.getWidth()).isEqualTo(84);
    assertThat(image.getHeight()).isEqualTo(84);
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        int centre = colour(image, column * 28 + 14, row * 28 + 14);
        int wanted =
            switch (scene.at(row, column)) {
              case 'F' -> 0xf1f5c8;
              case 'R' -> 0xe01b24;
              default -> 0xffffff;
            };
        assertThat(centre).as("row %d column %d", row, column).isEqualTo(wanted);
      }
    }
  }

  /**
   * Guards every pixel: a change here changes every data set and needs a new version. The bytes of
   * the file are the encoder's matter; PictureBytesTest pins those.
   */
  @Test
  void keepsItsPixels() throws IOException {
    assertThat(pixels(84, 84))
        .isEqualTo("3833b5736e1724280fd6e0d46f967ecc647f36e50fa88007c302990324fe9231");
    assertThat(pixels(81, 75))
        .isEqualTo("e8a2be1fdfdc5c38771a4daa5a3b0d77bb391a97568fd741d49e120813de35ed");
  }

  private String pixels(int width, int height) throws IOException {
    BufferedImage image = picture(scene, width, height);
    ByteBuffer out = ByteBuffer.allocate(4 * width * height);
    out.asIntBuffer().put(image.getRGB(0, 0, width, height, null, 0, width));
    return Digest.of(out.array()).hex();
  }

  @ParameterizedTest
  @CsvSource({"56,56", "84,84", "85,101", "1024,56", "1024,1024"})
  void readsBackAtAnySize(int width, int height) throws IOException {
    BufferedImage image = picture(scene, width, height);
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
    int side = Math.min(width, height) / 3;
    int left = (width - 3 * side) / 2;
    int top = (height - 3 * side) / 2;
    int red = side > 28 ? Rendering.PLAIN.palette().rgb("red") : 0xe01b24;
    assertThat(colour(image, left + side / 2, top + 2 * side + side / 2)).isEqualTo(red);
    assertThat(colour(image, left + side / 2, top + side / 2)).isEqualTo(0xffffff);
  }

  /** Fresh, rotten, cross and ground stay plainly different in every varied rendering. */
  @Test
  void variedColoursKeepTheirDistance() {
    for (int i = 0; i < 300; i++) {
      Rendering rendering = Rendering.draw(SeedTree.root(i));
      int[] colours = KiwiPicture.tellTale(rendering);
      for (int one = 0; one < colours.length; one++) {
        for (int other = 0; other < one; other++) {
          assertThat(Colours.distance(colours[one], colours[other]))
              .as("%s: %x and %x", rendering, colours[one], colours[other])
              .isGreaterThan(20);
        }
      }
    }
  }

  /** In large and varied pictures too, the middle of a cell tells what is in it. */
  @Test
  void variedPicturesShowEveryCell() throws IOException {
    KiwiScene large = new KiwiScene(8, 8, "--F-FFRF".repeat(8));
    ConfiguredFamily eight =
        PuzzleFamilies.configure(
            "rotting_kiwi", Map.of("rows", 8, "columns", 8, "rendering", "varied"));
    for (int i = 0; i < 20; i++) {
      Rendering rendering = eight.rendering(SeedTree.root(i));
      BufferedImage image =
          ImageIO.read(new ByteArrayInputStream(eight.png(large, rendering, 224, 224)));
      Set<Integer> middles = new HashSet<>();
      for (int column : new int[] {0, 2, 6}) {
        middles.add(colour(image, column * 28 + 14, 14));
      }
      assertThat(middles).hasSize(3);
    }
  }

  @Test
  void differentScenesHaveDifferentPictures() {
    Set<Digest> pictures = new HashSet<>();
    for (var one : family.scenes().subList(0, 500)) {
      assertThat(pictures.add(Digest.of(family.png(one, Rendering.PLAIN, 56, 56)))).isTrue();
    }
  }

  @Test
  void refusesSizesThatCannotBeRead() {
    assertThat(family.imageSizeProblem(84, 84)).isEmpty();
    assertThat(family.imageSizeProblem(55, 84)).isPresent();
    assertThat(family.imageSizeProblem(84, 1025)).isPresent();
    assertThatThrownBy(() -> family.png(scene, Rendering.PLAIN, 40, 40))
        .hasMessageContaining("imageSize");
  }
}
