package dev.sightline.puzzle.pattern;

/** A cell of a table; rows and columns count from 0. */
record Place(String table, int row, int column) {}
