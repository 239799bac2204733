package dev.sightline.puzzle.colourhue;

import dev.sightline.puzzle.render.Rendering;

/**
 * Tables of colours that grow lighter by rows and change hue by columns. Found by a search for the
 * largest smallest difference: any two of a table, and any and white, are at least {@link
 * #LEAST_DISTANCE} apart by CIEDE2000.
 */
final class Hues {
  static final int SIDE = 6;
  static final double LEAST_DISTANCE = 14.5;

  private static final int[][][] TABLES = {
    {
      {0x00484a, 0x004467, 0x73007c, 0x830033, 0x633400, 0x294800},
      {0x007382, 0x0069bd, 0xc50090, 0xd1002f, 0x866200, 0x007921},
      {0x6c8691, 0x7f7dab, 0xb06f83, 0xb1725c, 0x89825f, 0x688976},
      {0x00a7e5, 0xc07dff, 0xff6a7f, 0xee7e00, 0x81a900, 0x00b094},
      {0x98aac5, 0xc89bc2, 0xca9f98, 0xc1a57d, 0x90b37f, 0x8bb0ae},
      {0xd8ddff, 0xffd3e8, 0xffd7c4, 0xf7e100, 0x1bff8d, 0x76f0ff},
    },
    {
      {0x263f6f, 0x1d4648, 0x1c4924, 0x494015, 0x742514, 0x722144},
      {0x006494, 0x006b5c, 0x456800, 0x895100, 0xbd0041, 0xad009a},
      {0x008bae, 0x009356, 0x8f8200, 0xec4100, 0xf50095, 0x9b5bff},
      {0x7e979a, 0x849874, 0xa78e73, 0xb58786, 0xb383ae, 0x8b91af},
      {0x00beb2, 0xa8b100, 0xff8957, 0xff80af, 0xb798ff, 0x3ab2ff},
      {0x00f3af, 0xffcf7a, 0xffcac7, 0xffc5f1, 0xc8d6ff, 0x9ae0ff},
    },
    {
      {0x334521, 0x533b20, 0x6b2c2e, 0x632c53, 0x3a377c, 0x29444d},
      {0x006c34, 0x695e00, 0xad3100, 0xb8005e, 0x9f00bd, 0x00648e},
      {0x578376, 0x71804c, 0x9a734b, 0xbc5e60, 0xb25f8d, 0x637aa9},
      {0x00aaa9, 0x00b13a, 0xb09800, 0xff692f, 0xff618b, 0x9a88ff},
      {0x00d2ef, 0x00d9a1, 0xa1cf00, 0xffae4f, 0xffa99e, 0xf8a0ff},
      {0xbfe7fe, 0x2afbee, 0x6efe6d, 0xffe05e, 0xfedac8, 0xfed7e9},
    },
    {
      {0x294746, 0x2f435c, 0x642e5b, 0x6d2d35, 0x593b21, 0x2c4922},
      {0x006a53, 0x006586, 0x641fff, 0xb5006c, 0xbb1000, 0x566300},
      {0x628265, 0x647f86, 0x6e79a2, 0x9f6899, 0xab686e, 0x897859},
      {0x64950a, 0x129696, 0x168fd0, 0x916efc, 0xfc209d, 0xcf6d09},
      {0xbdae00, 0x00c29d, 0x00bae8, 0x82abff, 0xff76fb, 0xff8b74},
      {0xffd7ad, 0x15ff7b, 0x78efff, 0xc2e2ff, 0xe5d8ff, 0xffd4d8},
    },
  };

  private Hues() {}

  /**
   * The colour of the tile whose home is this place. Smaller boards take rows and columns spread
   * over the table; renderings choose table and direction.
   */
  static int colour(int row, int column, int rows, int columns, Rendering rendering) {
    int style = rendering.style(TABLES.length * 8);
    boolean turned = style / 4 % 2 == 1;
    int light = spread(turned ? column : row, turned ? columns : rows);
    int hue = spread(turned ? row : column, turned ? rows : columns);
    if (style / 8 % 2 == 1) {
      light = SIDE - 1 - light;
    }
    if (style / 16 % 2 == 1) {
      hue = SIDE - 1 - hue;
    }
    return TABLES[style % TABLES.length][light][hue];
  }

  private static int spread(int index, int count) {
    return count == 1 ? SIDE / 2 : (index * (SIDE - 1) + (count - 1) / 2) / (count - 1);
  }
}
