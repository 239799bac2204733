package dev.sightline.puzzle.badexample;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Breaks a rule on purpose: goes past the stores. */
public final class UsesJdbc {
  private UsesJdbc() {}

  public static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url);
  }
}
