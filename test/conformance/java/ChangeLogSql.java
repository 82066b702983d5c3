import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.resource.DirectoryResourceAccessor;

/**
 * Writes what Liquibase would send to PostgreSQL for change logs, without a database: {@code ChangeLogSql OUTPUT|CHANGELOG|FOLDER …}, the change log relative to its folder.
 */
public class ChangeLogSql {
  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("liquibase").setLevel(Level.SEVERE);
    boolean failed = false;
    for (String argument : arguments) {
      String[] parts = argument.split("\\|");
      Path record = Files.createTempFile("changelog", ".csv");
      Files.delete(record);
      try (DirectoryResourceAccessor files = new DirectoryResourceAccessor(Path.of(parts[2]))) {
        String url = "offline:postgresql?version=16&outputLiquibaseSql=none&changeLogFile=" + record;
        Database database = DatabaseFactory.getInstance().openDatabase(url, null, null, null, files);
        Writer script = new StringWriter();
        new Liquibase(parts[1], files, database).update(new Contexts(), new LabelExpression(), script);
        Files.writeString(Path.of(parts[0]), script.toString());
      } catch (Exception error) {
        System.err.println("FAILED " + parts[1] + ": " + error.getMessage());
        failed = true;
      } finally {
        Files.deleteIfExists(record);
      }
    }
    System.exit(failed ? 1 : 0);
  }
}
