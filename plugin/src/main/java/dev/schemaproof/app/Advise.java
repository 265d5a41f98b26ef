package dev.schemaproof.app;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.relational.TableName;
import dev.schemaproof.discover.jdbc.JdbcTables;
import dev.schemaproof.discover.judge.Analyst;
import dev.schemaproof.discover.judge.Analyst.Bounds;
import dev.schemaproof.discover.judge.ModelLookup;
import dev.schemaproof.discover.judge.TableAdvice;
import dev.schemaproof.discover.table.TableSource;
import dev.schemaproof.discover.table.UnreadableTableException;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.output.OutputFiles;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.engine.GivenDatabase;
import dev.schemaproof.prove.engine.NoEngineException;
import dev.schemaproof.prove.engine.OpenForReading;
import dev.schemaproof.report.AdviceJson;
import dev.schemaproof.report.AdviceMarkdown;
import dev.schemaproof.report.AdviceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks at data, and says which keys, dependencies and normal form it shows, and what of the model it refutes; without data,
 * says which indexes the access patterns ask for, and which layouts of DynamoDB tables.
 */
public final class Advise {

    /** What is meant where neither the model nor the user names a SQL schema. */
    private static final String USUAL_SCHEMA = "public";

    private final AdviseRequest request;
    private final ModelRequest project;
    private final Optional<ModelFiles> files;
    private final Optional<Facts> facts;
    private final Log log;
    private final Deadline deadline;
    private final List<TableAdvice> advices = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();

    private Advise(AdviseRequest request, Optional<ModelFiles> files, Optional<Facts> facts, Log log) {
        this.request = request;
        this.files = files;
        this.facts = facts;
        this.log = log;
        project = request.model();
        deadline = Deadline.in(request.timeout());
    }

    /**
     * Looks at all tables, and writes what they say unless one of them can't be read.
     *
     * @param known what an earlier goal of the same build may have read
     * @param log told each result as soon as it is known
     * @throws IOException when something can't be read or written
     */
    public static GoalResult run(AdviseRequest request, LastModel known, Log log) throws IOException {
        var files = ModelFiles.load(request.model());
        var facts = files.map(loaded -> known.of(request.model(), loaded)).flatMap(CheckedModel::facts);
        if (files.isPresent() && facts.isEmpty()) {
            log.say("warning", "the model can't be read, so that nothing is compared with it; see schema:validate");
        }
        return new Advise(request, files, facts, log).run();
    }

    private GoalResult run() throws IOException {
        if (request.csv().isEmpty() && request.database().isEmpty()) {
            return withoutData();
        }
        if (request.write()) {
            return new GoalResult(
                    List.of(),
                    Optional.of("-Dschema.write writes what the access patterns ask for, which is said without"
                            + " data: leave out schema.csv and schema.url"));
        }
        var given = CsvFiles.of(project, request.csv(), request.dialect());
        flaws.addAll(given.flaws());
        var tables = new ArrayList<>(given.tables());
        try {
            if (request.database().isPresent()) {
                adviseWith(request.database().get(), tables);
            } else {
                advise(tables);
            }
        } catch (NoEngineException e) {
            flaws.add(e.getMessage()
                    + e.help().stream().map(line -> "\n  help: " + line).collect(Collectors.joining()));
        }
        return flaws.isEmpty() ? finish() : refused();
    }

    /** Nothing is written, so that an earlier report stays whole. */
    private GoalResult refused() {
        flaws.forEach(flaw -> log.say("error", flaw));
        return new GoalResult(
                List.of(),
                Optional.of("the data can't be read: " + Words.count(flaws.size(), "problem", "problems")
                        + ", see above; nothing was written"));
    }

    private void adviseWith(GivenDatabase given, List<TableSource> tables) throws NoEngineException {
        try (var database = OpenForReading.at(given)) {
            log.say("info", "reading " + database.shown());
            var found = new JdbcTables(database.connection());
            tables.addAll(
                    request.sqlSchema().isPresent() || facts.isEmpty()
                            ? found.in(request.sqlSchema().orElse(USUAL_SCHEMA))
                            : ofModel(found));
            if (tables.isEmpty()) {
                flaws.add("there is no table to look at in schema `"
                        + request.sqlSchema().orElse(USUAL_SCHEMA) + "` of " + database.shown());
            }
            advise(tables);
        } catch (UnreadableTableException e) {
            flaws.addAll(e.flaws());
        }
    }

    private List<TableSource> ofModel(JdbcTables found) {
        var model = facts.orElseThrow().model();
        return model.entities().values().stream()
                .filter(entity -> model.storeOf(entity) instanceof RelationalStore)
                .map(TableName::of)
                .map(table -> found.table(table.schema(), table.name()))
                .toList();
    }

    private void advise(List<TableSource> tables) {
        for (var i = 0; i < tables.size(); i++) {
            // What one table doesn't need is left for the others
            var share = deadline.left().dividedBy(tables.size() - i);
            var analyst = new Analyst(
                    new Bounds(request.mostRows(), request.largest(), share, request.memory()),
                    facts.map(known -> (ModelLookup) new ModelEntities(known.model()))
                            .orElseGet(ModelLookup::none));
            try {
                var advice = analyst.advise(tables.get(i));
                advices.add(advice);
                show(advice);
            } catch (UnreadableTableException e) {
                flaws.addAll(e.flaws());
            }
        }
    }

    private void show(TableAdvice advice) {
        log.say("info", AdviceText.of(advice));
        AdviceText.cautions(advice).forEach(caution -> log.say("warning", caution));
        AdviceText.refutations(advice).forEach(refutation -> log.say("error", refutation));
    }

    private GoalResult finish() throws IOException {
        var page = project.reportDirectory().resolve("advice.md");
        var texts = new LinkedHashMap<Path, String>();
        texts.put(project.reportDirectory().resolve("advice.json"), AdviceJson.of(advices));
        texts.put(page, AdviceMarkdown.of(advices));
        OutputFiles.write(texts);
        var refuted = advices.stream()
                .mapToLong(advice -> AdviceText.refutations(advice).size())
                .sum();
        if (refuted > 0 && project.failOn() != FailOn.NEVER) {
            return new GoalResult(
                    List.of(),
                    Optional.of("the data refutes " + Words.count(refuted, "statement", "statements")
                            + " of the model; see above, or " + project.shown(page)));
        }
        log.say("info", "report and YAML to paste: " + project.shown(page));
        return GoalResult.of(List.of());
    }

    /** What the model alone asks for, and what data could add. */
    private GoalResult withoutData() throws IOException {
        if (files.isPresent() && facts.isPresent()) {
            var failure = new AdviseIndexes(project, files.get(), facts.get(), log).run(request.write());
            if (failure.isEmpty()) {
                failure = new AdviseLayouts(project, files.get(), facts.get(), deadline, log).run(request.write());
            }
            if (failure.isPresent()) {
                return new GoalResult(List.of(), failure);
            }
        }
        log.say(
                "info",
                "no data to look at: name CSV files with -Dschema.csv=<files, directories or patterns>, or a database"
                        + " with -Dschema.url=<JDBC URL>, to learn which keys, dependencies and normal form it shows");
        return GoalResult.of(List.of());
    }
}
