package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.analysis.keyvalue.Request;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.keyvalue.Resolution.Refused;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Model;
import dev.schemaproof.output.Json;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.Figure;
import dev.schemaproof.prove.OutOfTimeException;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.ProofResult;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.data.NoRowsException;
import dev.schemaproof.prove.dynamodb.TableService;
import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the proofs about one key-value store: the tables of the generated files take the items of made-up rows, each under a key of its own;
 * the generated requests return what the rows say, in the order that the pattern asks for; and writes leave every key as it must be.
 */
public final class KeyValueProver {

    /** Every row has an item of its own. */
    static final String ITEMS = "items-have-keys-of-their-own";

    /** Reads return what the rows say. */
    static final String READS = "requests-answer-right";

    /** Writes change what they must and nothing else. */
    static final String WRITES = "writes-leave-nothing-stale";

    private final Model model;
    private final StoreFacts store;
    private final List<Artifact> artifacts;
    private final TableService service;
    private final Settings settings;
    private final Deadline deadline;
    private final List<ProofResult> results = new ArrayList<>();

    /**
     * How much is tried.
     *
     * @param rows how many rows of an entity are made up
     * @param reads how often each read is tried
     * @param writes how often each write is tried
     * @param seed where all random choices begin
     */
    public record Settings(int rows, int reads, int writes, long seed) {

        /** As {@code verify} does it. */
        public static Settings standard() {
            return new Settings(60, 60, 24, 20_240_115);
        }
    }

    /**
     * @param artifacts what was generated for the model; paths begin with the store's name
     * @param service where the tables are made; they are left there
     */
    public KeyValueProver(
            Model model,
            StoreFacts store,
            List<Artifact> artifacts,
            TableService service,
            Settings settings,
            Deadline deadline) {
        this.model = model;
        this.store = store;
        this.artifacts = List.copyOf(artifacts);
        this.service = service;
        this.settings = settings;
        this.deadline = deadline;
    }

    /** Makes every proof. A service that fails, and time that runs out, are results too. */
    public ProofReport prove() {
        var name = store.store().name().value();
        try {
            tryAll();
        } catch (OutOfTimeException e) {
            results.add(ProofResult.of(
                    READS, name, Verdict.FAILED, "time ran out; `schema.timeout` sets how much there is"));
        } catch (IOException e) {
            results.add(ProofResult.of(READS, name, Verdict.FAILED, String.valueOf(e.getMessage())));
        }
        return new ProofReport(name, service.description(), results, List.of());
    }

    private void tryAll() throws IOException {
        var paths = new Paths(model);
        var inventor = new RowInventor(model, paths, store.tables(), settings.seed());
        Laboratory laboratory;
        try {
            laboratory = new Laboratory(paths, inventor, service, store.tables(), inventor.rows(settings.rows()));
        } catch (NoRowsException e) {
            results.add(ProofResult.of(
                    ITEMS, store.store().name().value(), Verdict.NOT_PROVEN, String.valueOf(e.getMessage())));
            return;
        }
        for (var table : store.tables()) {
            if (!filled(laboratory, table)) {
                return;
            }
        }
        var entries = entries();
        // Reads come first: writes leave the copies of other rows' values to their contracts
        for (var resolution : store.resolutions()) {
            if (!(resolution instanceof Served served)) {
                results.add(unserved(resolution));
            } else if (served.pattern() instanceof Read) {
                results.add(read(laboratory, served, entries));
            }
        }
        for (var resolution : store.resolutions()) {
            if (resolution instanceof Served served && !(served.pattern() instanceof Read)) {
                results.add(write(laboratory, served, entries));
            }
        }
    }

    private boolean filled(Laboratory laboratory, TableDesign table) throws IOException {
        try {
            service.call("CreateTable", Laboratory.strings(json(table.name() + ".create-table.json")));
            var twins = laboratory.fill(table);
            if (twins.isPresent()) {
                results.add(result(
                                ITEMS,
                                table,
                                Verdict.FAILED,
                                "two rows have one key, so that the second replaces the first")
                        .withDetails(twins.get().stream()
                                .map(row -> "`" + row.entity().name() + "` " + row.values())
                                .toList()));
                return false;
            }
        } catch (RefusedCallException e) {
            results.add(result(
                    ITEMS,
                    table,
                    Verdict.FAILED,
                    service.description() + " refuses what is written: " + e.getMessage()));
            return false;
        }
        var items = laboratory.expected(table.name()).size();
        results.add(result(
                        ITEMS,
                        table,
                        items == 0 ? Verdict.NOT_PROVEN : Verdict.PROVEN,
                        items == 0
                                ? "there is no row that could be written"
                                : "each of " + items + " rows has an item of its own")
                .withFigures(List.of(Figure.of("rows", items))));
        return true;
    }

    private static ProofResult result(String proof, TableDesign table, Verdict verdict, String statement) {
        return ProofResult.of(proof, table.name(), verdict, statement)
                .at(table.table().name().at());
    }

    private ProofResult unserved(Resolution resolution) {
        var pattern = resolution.pattern();
        var why =
                resolution instanceof Refused refused ? refused.summary() : "what it stands on has findings of its own";
        return ProofResult.of(
                        pattern instanceof Read ? READS : WRITES,
                        pattern.name().value(),
                        Verdict.NOT_PROVEN,
                        "has no request: " + why)
                .at(pattern.name().at());
    }

    private ProofResult read(Laboratory laboratory, Served served, Map<String, Map<?, ?>> entries) throws IOException {
        var entry = entry(served, entries);
        var outcome = served.shares().isEmpty()
                ? new ReadTrial(laboratory, served, entry).run(settings.reads(), deadline)
                : new JoinTrial(laboratory, served, entry).run(settings.reads(), deadline);
        return result(
                READS,
                served,
                outcome,
                served.request() instanceof Request.Query query && query.shards() > 1
                        ? "its " + query.shards() + " queries, one a shard, return together what the rows say"
                        : "its " + served.request().operation() + " returns what the rows say",
                "no row that was made up fulfils its conditions",
                "answers with rows");
    }

    private ProofResult write(Laboratory laboratory, Served served, Map<String, Map<?, ?>> entries) throws IOException {
        var trial = new WriteTrial(laboratory, served, entry(served, entries));
        return result(
                WRITES,
                served,
                trial.run(settings.writes(), deadline),
                "its " + served.request().operation() + " leaves every item and key as the rows say",
                "no row that was made up can be written so",
                "writes that changed something");
    }

    private static ProofResult result(
            String proof, Served served, Outcome outcome, String right, String nothing, String telling) {
        var pattern = served.pattern();
        var verdict = outcome.flaw().isPresent()
                ? Verdict.FAILED
                : outcome.telling() == 0 ? Verdict.NOT_PROVEN : Verdict.PROVEN;
        var statement = outcome.flaw()
                .orElse(
                        verdict == Verdict.PROVEN
                                ? right + ", " + outcome.tries() + " times (" + telling + ": " + outcome.telling() + ")"
                                : nothing);
        var result = ProofResult.of(proof, pattern.name().value(), verdict, statement)
                .at(pattern.name().at())
                .withDetails(outcome.details());
        return verdict == Verdict.FAILED ? result : result.withFigures(outcome.figures(telling));
    }

    private static Map<?, ?> entry(Served served, Map<String, Map<?, ?>> entries) {
        return Optional.ofNullable(entries.get(served.pattern().name().value()))
                .orElseThrow(() -> new IllegalStateException(
                        "access-patterns.json has no `" + served.pattern().name() + "`"));
    }

    /** What {@code access-patterns.json} says, by the pattern's name. */
    private Map<String, Map<?, ?>> entries() {
        var entries = new LinkedHashMap<String, Map<?, ?>>();
        for (var entry : json("access-patterns.json").get("patterns") instanceof List<?> list ? list : List.of()) {
            if (entry instanceof Map<?, ?> map) {
                entries.put(String.valueOf(map.get("name")), map);
            }
        }
        return entries;
    }

    private Map<?, ?> json(String file) {
        var path = store.store().name().value() + "/" + file;
        return artifacts.stream()
                .filter(artifact -> artifact.path().equals(path))
                .findFirst()
                .map(artifact -> Json.read(artifact.text()) instanceof Map<?, ?> map ? map : Map.of())
                .orElseThrow(() -> new IllegalStateException("no artifact " + path));
    }
}
