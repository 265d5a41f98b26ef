package dev.schemaproof.app;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.discover.statement.FoundPattern;
import dev.schemaproof.discover.statement.ServerLog;
import dev.schemaproof.discover.statement.SqlFile;
import dev.schemaproof.discover.statement.StatementSource;
import dev.schemaproof.discover.statement.StatementStatistics;
import dev.schemaproof.discover.statement.Statements;
import dev.schemaproof.discover.table.UnreadableTableException;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.output.OutputFiles;
import dev.schemaproof.report.PatternYaml;
import dev.schemaproof.yaml.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes access patterns of the statements that an application runs. */
public final class ImportPatterns {

    /** Deep enough for any layout, and an end to links that go round in circles. */
    private static final int MAX_DEPTH = 32;

    /** What a pattern names that the model lacks: then it is another application's, or the model is not complete. */
    private static final Set<String> OF_OTHERS = Set.of("unknown-table", "unknown-schema");

    private static final String USAGE =
            "name SQL files or directories of them, a CSV file of pg_stat_statements, or a log of"
                    + " PostgreSQL with -Dschema.patterns=<files and directories>";

    private final ImportPatternsRequest request;
    private final ModelRequest project;
    private final LastModel known;
    private final Log log;
    private final List<String> flaws = new ArrayList<>();

    private ImportPatterns(ImportPatternsRequest request, LastModel known, Log log) {
        this.request = request;
        this.project = request.model();
        this.known = known;
        this.log = log;
    }

    /**
     * Reads all sources, and writes what they have unless one of them can't be read.
     *
     * @param known what an earlier goal of the same build may have read
     * @throws IOException when the model can't be read or the file can't be written
     */
    public static GoalResult run(ImportPatternsRequest request, LastModel known, Log log) throws IOException {
        return new ImportPatterns(request, known, log).run();
    }

    private GoalResult run() throws IOException {
        var sources = sources();
        if (sources.isEmpty() && flaws.isEmpty()) {
            return new GoalResult(List.of(), Optional.of("there is nothing to import from: " + USAGE));
        }
        var statements = new Statements();
        for (var source : sources) {
            try {
                statements.add(source);
            } catch (UnreadableTableException e) {
                flaws.addAll(e.flaws());
            }
        }
        if (!flaws.isEmpty()) {
            flaws.forEach(flaw -> log.say("error", flaw));
            return new GoalResult(
                    List.of(),
                    Optional.of("the statements can't be read: " + Words.count(flaws.size(), "problem", "problems")
                            + ", see above; nothing was written"));
        }
        var files = ModelFiles.load(project);
        var facts = files.map(loaded -> known.of(project, loaded)).flatMap(CheckedModel::facts);
        var patterns = statements.patterns(keys(facts)::contains, names(facts));
        var rejected = facts.isPresent() ? rejected(files.orElseThrow(), patterns) : Map.<String, Finding>of();
        var imported = patterns.stream()
                .filter(pattern -> !rejected.containsKey(pattern.name()))
                .toList();
        statements.left().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(left -> log.say(
                        "info",
                        "left out " + Words.count(left.getValue(), "statement", "statements") + " " + left.getKey()));
        for (var pattern : patterns) {
            var finding = rejected.get(pattern.name());
            if (finding != null) {
                log.say("warning", pattern.at() + ": left out, as " + finding.summary());
            }
        }
        if (imported.isEmpty()) {
            return GoalResult.info("no statement is new to the model; nothing was written");
        }
        OutputFiles.write(Map.of(request.target(), PatternYaml.of(imported)));
        log.say(
                "info",
                Words.count(imported.size(), "access pattern", "access patterns") + " in "
                        + project.shown(request.target())
                        + "; move what your team wants to keep into the model, under names of its own");
        return GoalResult.of(List.of());
    }

    private List<StatementSource> sources() throws IOException {
        var files = new TreeSet<Path>();
        for (var name : request.sources()) {
            if (name.isBlank()) {
                continue;
            }
            try {
                var path = project.project().resolve(name.strip()).normalize();
                if (Files.isDirectory(path)) {
                    directory(path, name.strip(), files);
                } else if (Files.isRegularFile(path)) {
                    files.add(path);
                } else {
                    flaws.add("`schema.patterns` names `" + name.strip() + "`, but there is no such file or directory");
                }
            } catch (InvalidPathException e) {
                flaws.add("`schema.patterns` names `" + name.strip() + "`, which is no path: " + e.getMessage());
            }
        }
        return files.stream().map(this::source).collect(Collectors.toCollection(ArrayList::new));
    }

    private void directory(Path directory, String name, Set<Path> files) throws IOException {
        var before = files.size();
        try (var walk = Files.walk(directory, MAX_DEPTH)) {
            walk.filter(Files::isRegularFile)
                    .filter(file -> extension(file).equals("sql"))
                    .forEach(files::add);
        }
        if (files.size() == before) {
            flaws.add("`schema.patterns` names `" + name + "`, but there is no SQL file in that directory");
        }
    }

    private StatementSource source(Path file) {
        var shown = project.shown(file);
        if (extension(file).equals("csv") && isLog(file)) {
            return new ServerLog(file, shown);
        }
        return switch (extension(file)) {
            case "sql" -> new SqlFile(file, shown);
            case "csv", "tsv" -> new StatementStatistics(file, shown, request.period());
            default -> new ServerLog(file, shown);
        };
    }

    /** The log in its CSV form has no line with the names of its columns. */
    private static boolean isLog(Path file) {
        try (var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            var first = Objects.requireNonNullElse(lines.readLine(), "");
            return ServerLog.isCsv(first.startsWith("\u00EF\u00BB\u00BF") ? first.substring(3) : first);
        } catch (IOException e) {
            return false;
        }
    }

    private static String extension(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static Set<String> keys(Optional<Facts> facts) {
        return facts.stream()
                .flatMap(model -> model.model().patterns().values().stream())
                .filter(AccessPattern.Sql.class::isInstance)
                .map(pattern ->
                        Statements.key(((AccessPattern.Sql) pattern).sql().value()))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(Optional<Facts> facts) {
        return facts.map(model -> Set.copyOf(model.model().patterns().keySet())).orElse(Set.of());
    }

    /** The patterns that can't be this model's, each with the finding that says so. */
    private Map<String, Finding> rejected(ModelFiles files, List<FoundPattern> patterns) {
        if (patterns.isEmpty()) {
            return Map.of();
        }
        var path = project.shown(request.target());
        var with = new ArrayList<SourceFile>(files.files());
        with.removeIf(file -> file.path().equals(path));
        with.add(new SourceFile(path, PatternYaml.of(patterns).getBytes(StandardCharsets.UTF_8)));
        var checked = CheckedModel.of(project, new ModelFiles(files.directory(), with, Optional.empty()));
        var names = patterns.stream().map(FoundPattern::name).collect(Collectors.toCollection(HashSet::new));
        return checked.findings().stream()
                .filter(finding -> finding.at().file().equals(path))
                .filter(finding -> OF_OTHERS.contains(finding.rule().value()))
                .filter(finding -> names.contains(finding.subject()))
                .collect(Collectors.toMap(Finding::subject, finding -> finding, (first, second) -> first));
    }
}
