package dev.schemaproof.app;

import dev.schemaproof.discover.csv.CsvDialect;
import dev.schemaproof.discover.csv.CsvTable;
import dev.schemaproof.discover.table.TableSource;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/**
 * The CSV files that a user names.
 *
 * @param tables in the order of their paths
 * @param flaws why some of what was named is nothing to read
 */
record CsvFiles(List<TableSource> tables, List<String> flaws) {

    /** Deep enough for any layout, and an end to links that go round in circles. */
    private static final int MAX_DEPTH = 32;

    CsvFiles {
        tables = List.copyOf(tables);
        flaws = List.copyOf(flaws);
    }

    /** Finds files, the CSV files of directories, and the files that patterns such as {@code data/*.csv} match. */
    static CsvFiles of(ModelRequest project, List<String> named, CsvDialect dialect) throws IOException {
        var files = new TreeSet<Path>();
        var flaws = new ArrayList<String>();
        for (var name : named) {
            if (name.isBlank()) {
                continue;
            }
            try {
                add(project.project(), name.strip(), files, flaws);
            } catch (InvalidPathException | PatternSyntaxException e) {
                flaws.add("`schema.csv` names `" + name.strip() + "`, which is neither a path nor a pattern: "
                        + e.getMessage());
            }
        }
        return new CsvFiles(
                files.stream()
                        .map(file -> (TableSource) new CsvTable(file, project.shown(file), dialect))
                        .toList(),
                flaws);
    }

    private static void add(Path project, String name, TreeSet<Path> files, List<String> flaws) throws IOException {
        var pattern = name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
        var before = files.size();
        var path = pattern ? beginning(project, name) : project.resolve(name).normalize();
        if (pattern) {
            var glob = FileSystems.getDefault()
                    .getPathMatcher("glob:" + escaped(path) + "/" + name.substring(fixedLength(name)));
            matching(path, glob, MAX_DEPTH, files);
        } else if (Files.isDirectory(path)) {
            matching(path, CsvFiles::isCsv, 1, files);
        } else if (Files.isRegularFile(path)) {
            files.add(path);
            return;
        }
        if (files.size() == before) {
            flaws.add("`schema.csv` names `" + name + "`, but "
                    + (pattern
                            ? "no file matches that"
                            : Files.isDirectory(path)
                                    ? "there is no CSV file in that directory"
                                    : "there is no such file"));
        }
    }

    /** The directory that a pattern begins with, before the first part that isn't fixed. */
    private static Path beginning(Path project, String pattern) {
        return project.resolve(pattern.substring(0, fixedLength(pattern))).normalize();
    }

    private static int fixedLength(String pattern) {
        var first = pattern.length();
        for (var special : new char[] {'*', '?'}) {
            var at = pattern.indexOf(special);
            first = at < 0 ? first : Math.min(first, at);
        }
        return pattern.lastIndexOf('/', first) + 1;
    }

    private static String escaped(Path directory) {
        return directory.toString().replace('\\', '/').replaceAll("([\\[\\]{}*?])", "\\\\$1");
    }

    private static void matching(Path directory, PathMatcher matcher, int depth, TreeSet<Path> files)
            throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var walk = Files.walk(directory, depth)) {
            walk.filter(Files::isRegularFile).filter(matcher::matches).forEach(files::add);
        }
    }

    private static boolean isCsv(Path file) {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".tsv");
    }
}
