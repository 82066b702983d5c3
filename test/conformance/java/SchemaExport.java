import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.io.File;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/**
 * Writes the DDL that Hibernate would create. Each argument is one case: `output|naming|dialect|folder`, naming being `spring` or `jpa`.
 * The sources in the folder are compiled first, `*.hbm.xml` and `orm.xml` in it are added. No database is asked.
 */
public class SchemaExport {
  public static void main(String[] cases) throws Exception {
    boolean failed = false;
    for (String each : cases) {
      String[] parts = each.split("\\|");
      try {
        export(Path.of(parts[0]), parts[1], parts[2], Path.of(parts[3]));
      } catch (Exception | LinkageError error) {
        failed = true;
        System.err.println("FAILED " + parts[3] + ": " + error);
      }
    }
    if (failed) System.exit(1);
  }

  private static void export(Path output, String naming, String dialect, Path folder) throws Exception {
    Path classes = Files.createTempDirectory("conformance-java");
    try {
      compile(folder, classes);
      try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
        Thread.currentThread().setContextClassLoader(loader);
        Files.deleteIfExists(output);
        var bootstrap = new BootstrapServiceRegistryBuilder().applyClassLoader(loader).build();
        var registry = new StandardServiceRegistryBuilder(bootstrap)
            .applySetting("hibernate.dialect", "org.hibernate.dialect." + dialect)
            .applySetting("hibernate.boot.allow_jdbc_metadata_access", "false")
            .applySetting("hibernate.hbm2ddl.delimiter", ";")
            .applySetting("jakarta.persistence.validation.mode", "ddl")
            .applySetting("jakarta.persistence.schema-generation.scripts.action", "create")
            .applySetting("jakarta.persistence.schema-generation.scripts.create-target", output.toString());
        if (naming.equals("spring"))
          registry
              .applySetting("hibernate.physical_naming_strategy", "org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy")
              .applySetting("hibernate.implicit_naming_strategy", "org.springframework.boot.orm.jpa.hibernate.SpringImplicitNamingStrategy");
        MetadataSources sources = new MetadataSources(registry.build());
        for (Class<?> found : mapped(classes, loader)) sources.addAnnotatedClass(found);
        for (Path file : files(folder, ".xml")) sources.addFile(file.toFile());
        sources.buildMetadata().buildSessionFactory().close();
      }
    } finally {
      for (Path file : files(classes, "")) Files.deleteIfExists(file);
    }
  }

  private static void compile(Path folder, Path classes) throws Exception {
    List<Path> sources = files(folder, ".java");
    if (sources.isEmpty()) return;
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) throw new IllegalStateException("A JDK is needed: this Java has no compiler.");
    StringWriter messages = new StringWriter();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(sources);
      var options = List.of("-proc:none", "-parameters", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
      if (!compiler.getTask(messages, manager, null, options, null, units).call())
        throw new IllegalStateException(folder + " does not compile:\n" + messages);
    }
  }

  private static List<Class<?>> mapped(Path classes, ClassLoader loader) throws Exception {
    List<Class<?>> found = new ArrayList<>();
    for (Path file : files(classes, ".class")) {
      String name = classes.relativize(file).toString().replace(File.separatorChar, '.').replaceAll("\\.class$", "");
      Class<?> type = Class.forName(name, false, loader);
      if (type.isAnnotationPresent(Entity.class) || type.isAnnotationPresent(MappedSuperclass.class)
          || type.isAnnotationPresent(Embeddable.class) || type.isAnnotationPresent(Converter.class)) found.add(type);
    }
    return found;
  }

  private static List<Path> files(Path folder, String suffix) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
