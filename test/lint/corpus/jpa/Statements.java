// rules: sql-injection, query-in-loop
package org.example.library.statements;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

public class Statements {
  private final DataSource source;

  public Statements(DataSource source) {
    this.source = source;
  }

  // bad sql-injection: a plain statement
  public boolean known(String name) throws SQLException {
    try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
      ResultSet found = statement.executeQuery("SELECT id FROM members WHERE name = '" + name + "'"); // expect sql-injection
      return found.next();
    }
  }

  // bad sql-injection: what is prepared is built of a value all the same
  public void forget(String name) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.prepareStatement("DELETE FROM members WHERE name = '" + name + "'").execute(); // expect sql-injection
    }
  }

  // bad query-in-loop: a statement for each name
  public int count(List<String> names) throws SQLException {
    int count = 0;
    try (Connection connection = source.getConnection()) {
      for (String name : names) {
        PreparedStatement statement = connection.prepareStatement("SELECT id FROM members WHERE name = ?"); // expect query-in-loop
        statement.setString(1, name);
        if (statement.executeQuery().next()) {
          count++;
        }
      }
    }
    return count;
  }

  // bad sql-injection: between quotes the name of a property is a value
  public boolean set(String propertyName) throws SQLException {
    try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
      return statement.executeQuery("SELECT id FROM members WHERE name = '" + propertyName + "'").next(); // expect sql-injection
    }
  }

  // trap sql-injection: bound
  public boolean bound(String name) throws SQLException {
    try (
      Connection connection = source.getConnection();
      PreparedStatement statement = connection.prepareStatement("SELECT id FROM members WHERE name = ?")
    ) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    }
  }

  // trap sql-injection: a number
  public boolean kept(long id) throws SQLException {
    try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
      return statement.executeQuery("SELECT id FROM members WHERE id = " + id).next();
    }
  }
}
