package dev.schemaproof.prove;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges a plan by what it reads: that it uses an index says little. A condition on the third column of an index, or an
 * index walked from its beginning until enough rows pass a filter, reads any number of entries, and EXPLAIN shows both as
 * index scans.
 */
final class PlanJudge {

    /** Skipped columns may have so many different values together for a skip scan to be cheap. */
    static final long FEW = 100;

    private static final int FIRST_WITH_SKIP_SCAN = 18;

    private static final Pattern PARAMETER_RANGE = Pattern.compile("[<>]=?[^()]*\\$\\d|\\$\\d+[^()]*[<>]=?");
    /** {@code (id = p.author_id)}: a column of the node's own table, and one of another's. */
    private static final Pattern LOOKUP =
            Pattern.compile("\\(?\"?([^\\s\"().]+)\"? = \"?([^\\s\"().]+)\"?\\.\"?([^\\s\"()]+)\"?\\)?");

    private final Bench bench;
    private final IndexShapes indexes;
    private final List<Use> uses = new ArrayList<>();
    private final List<Flaw> flaws = new ArrayList<>();

    private PlanJudge(Bench bench, IndexShapes indexes) {
        this.bench = bench;
        this.indexes = indexes;
    }

    /** Judges a whole plan. */
    static Judgement judge(Bench bench, IndexShapes indexes, PlanNode root) {
        PlanJudge judge = new PlanJudge(bench, indexes);
        judge.visit(root, Walk.UNLIMITED);
        return new Judgement(
                List.copyOf(new LinkedHashSet<>(judge.uses)), List.copyOf(new LinkedHashSet<>(judge.flaws)));
    }

    /**
     * What was found.
     *
     * @param uses what serves it, in the order of the plan
     * @param flaws what reads more than it should
     */
    record Judgement(List<Use> uses, List<Flaw> flaws) {}

    /**
     * A table that is read no more than it must.
     *
     * @param index what serves it
     * @param otherwise how it is read without one
     */
    record Use(String table, Optional<String> index, String otherwise) {

        static Use of(String table, String index) {
            return new Use(table, Optional.of(index), "");
        }

        @Override
        public String toString() {
            return Words.name(table)
                    + index.map(name -> " via " + Words.name(name)).orElse(" read " + otherwise);
        }
    }

    /**
     * A part of the plan that reads more than it should.
     *
     * @param table whose rows it reads
     * @param sentence what it does
     * @param unknownRange whether it is a scan of a table that the planner chose because it cannot know how narrow a
     *     range between parameters is
     */
    record Flaw(String table, String sentence, boolean unknownRange) {}

    /**
     * From where a node is looked at.
     *
     * @param limited whether its rows are taken one by one, in its order, until there are enough
     * @param joins the joins on the way, each of which may drop rows
     */
    private record Walk(boolean limited, List<PlanNode> joins) {

        private static final Walk UNLIMITED = new Walk(false, List.of());

        Walk through(PlanNode join) {
            List<PlanNode> all = new ArrayList<>(joins);
            all.add(join);
            return new Walk(limited, List.copyOf(all));
        }
    }

    private void visit(PlanNode node, Walk walk) {
        switch (node.type()) {
            case "Seq Scan", "Sample Scan" -> sequentialScan(node, walk);
            case "Index Scan", "Index Only Scan" -> indexScan(node, walk);
            case "Bitmap Heap Scan" -> bitmapScan(node);
            default -> {}
        }
        for (int i = 0; i < node.children().size(); i++) {
            PlanNode child = node.children().get(i);
            visit(child, below(node, child, walk));
        }
    }

    private static Walk below(PlanNode node, PlanNode child, Walk walk) {
        String relationship = child.text("Parent Relationship").orElse("");
        if (relationship.equals("InitPlan") || relationship.equals("SubPlan")) {
            return Walk.UNLIMITED;
        }
        return switch (node.type()) {
            case "Limit" -> new Walk(true, List.of());
            case "Nested Loop" -> {
                if (!relationship.equals("Outer")) {
                    yield Walk.UNLIMITED;
                }
                yield node.text("Join Type").orElse("").equals("Left") ? walk : walk.through(node);
            }
            // An order that is known in part still ends a walk early
            case "Merge Append", "Incremental Sort", "LockRows", "Result", "Subquery Scan", "WindowAgg" -> walk;
            default -> Walk.UNLIMITED;
        };
    }

    private void sequentialScan(PlanNode node, Walk walk) {
        String table = node.text("Relation Name").orElse("");
        Optional<Entity> entity = bench.entityOfTable(table);
        if (entity.isEmpty()) {
            return;
        }
        String filter = node.text("Filter").orElse("");
        if (entity.get().small()) {
            uses.add(new Use(table, Optional.empty(), "as a whole, as it is small"));
            return;
        }
        if (walk.limited() && filter.isEmpty() && walk.joins().stream().allMatch(this::keepsRows)) {
            uses.add(new Use(table, Optional.empty(), "until its limit"));
            return;
        }
        flaws.add(new Flaw(
                table,
                "reads all of " + Words.name(table) + " ("
                        + Words.count(entity.get().expectedRows(), "row") + ")"
                        + (filter.isEmpty() ? "" : ", keeping those with " + Words.name(filter)),
                PARAMETER_RANGE.matcher(filter).find()));
    }

    private void bitmapScan(PlanNode node) {
        String table = node.text("Relation Name").orElse("");
        node.all()
                .filter(child -> child.type().equals("Bitmap Index Scan"))
                .forEach(child ->
                        scan(table, child, Walk.UNLIMITED, node.text("Filter").orElse("")));
    }

    private void indexScan(PlanNode node, Walk walk) {
        scan(
                node.text("Relation Name").orElse(""),
                node,
                walk,
                node.text("Filter").orElse(""));
    }

    private void scan(String table, PlanNode node, Walk walk, String filter) {
        Optional<Entity> entity = bench.entityOfTable(table);
        String index = node.text("Index Name").orElse("");
        Optional<IndexShapes.Shape> shape = indexes.of(index);
        if (entity.isEmpty() || shape.isEmpty()) {
            return;
        }
        Optional<String> flaw =
                entity.get().small() ? Optional.empty() : flaw(entity.get(), index, shape.get(), node, walk, filter);
        flaw.ifPresentOrElse(
                sentence -> flaws.add(new Flaw(table, sentence, false)), () -> uses.add(Use.of(table, index)));
    }

    private Optional<String> flaw(
            Entity entity, String index, IndexShapes.Shape shape, PlanNode node, Walk walk, String filter) {
        String condition = node.text("Index Cond").orElse("");
        String all = "all of index " + Words.name(index) + " of "
                + Words.name(entity.table().value()) + " (" + Words.count(entity.expectedRows(), "row") + ")";
        if (!condition.isEmpty() && (!shape.sorted() || bounds(shape.parts().get(0), condition, walk))) {
            return Optional.empty();
        }
        if (!condition.isEmpty() && shape.sorted()) {
            return skips(entity, shape, condition)
                    ? Optional.empty()
                    : Optional.of(
                            "reads " + all + ", because " + Words.name(condition) + " does not bound its first column, "
                                    + Words.name(shape.parts().get(0).text()));
        }
        if (shape.where().isPresent()
                && (filter.isEmpty() || filter.equals(shape.where().get()))) {
            // Whatever it holds is what was asked for; rows that are to be locked are only tested once more
            return Optional.empty();
        }
        if (!walk.limited()) {
            return Optional.of("reads " + all);
        }
        if (!filter.isEmpty()) {
            return Optional.of("walks index " + Words.name(index) + " until enough rows of "
                    + Words.name(entity.table().value()) + " pass " + Words.name(filter)
                    + ", which may be never: nothing bounds how many it reads");
        }
        if (!walk.joins().stream().allMatch(this::keepsRows)) {
            return Optional.of("walks index " + Words.name(index) + " until enough rows of "
                    + Words.name(entity.table().value())
                    + " find a match in a join: nothing bounds how many it reads");
        }
        return Optional.empty();
    }

    /** Whether a condition tells where in the index to begin and to end. */
    private static boolean bounds(IndexShapes.Part first, String condition, Walk walk) {
        if (!first.occursIn(condition)) {
            return false;
        }
        // All that is not null is nearly all, unless the first of them is enough
        String rest = condition.replaceAll("\\([^()]*IS NOT NULL\\)", "");
        return walk.limited() || first.occursIn(rest);
    }

    /** Whether a skip scan over few values leads to the first column that is bounded. */
    private boolean skips(Entity entity, IndexShapes.Shape shape, String condition) {
        if (bench.request().database().majorVersion() < FIRST_WITH_SKIP_SCAN) {
            return false;
        }
        long values = 1;
        for (IndexShapes.Part part : shape.parts()) {
            if (part.occursIn(condition)) {
                return values <= FEW;
            }
            Optional<Attribute> attribute = part.expression()
                    ? Optional.empty()
                    : entity.attributes().values().stream()
                            .filter(candidate -> candidate.column().value().equals(part.text()))
                            .findFirst();
            long distinct = attribute
                    .flatMap(found -> found.values().distinct().stream().boxed().findFirst())
                    .orElse(FEW + 1);
            values = Math.min(FEW + 1, values * Math.min(FEW + 1, distinct));
        }
        return false;
    }

    /**
     * Whether a join finds a match for every row that comes to it: it looks up the key that a required reference leads to.
     */
    private boolean keepsRows(PlanNode join) {
        if (join.text("Join Filter").isPresent() || join.children().size() != 2) {
            return false;
        }
        PlanNode inner = join.children().get(1);
        while (inner.type().equals("Memoize") || inner.type().equals("Materialize")) {
            inner = inner.children().get(0);
        }
        Optional<Entity> other = inner.text("Relation Name").flatMap(bench::entityOfTable);
        if (other.isEmpty() || inner.text("Filter").isPresent()) {
            return false;
        }
        Set<String> aliases = new LinkedHashSet<>();
        Set<String> own = new LinkedHashSet<>();
        Set<String> looked = new LinkedHashSet<>();
        Matcher matcher = LOOKUP.matcher(inner.text("Index Cond").orElse(""));
        while (matcher.find()) {
            looked.add(matcher.group(1));
            aliases.add(matcher.group(2));
            own.add(matcher.group(3));
        }
        return join.children()
                .get(0)
                .all()
                .filter(node -> aliases.equals(Set.of(node.text("Alias").orElse(""))))
                .flatMap(node -> node.text("Relation Name").flatMap(bench::entityOfTable).stream())
                .anyMatch(entity -> entity.references().values().stream()
                        .filter(reference -> reference
                                .entity()
                                .value()
                                .equals(other.get().name().value()))
                        .filter(reference -> required(entity, reference))
                        .anyMatch(reference -> own.equals(columns(entity, reference.names()))
                                && looked.equals(
                                        columns(other.get(), other.get().keyNames()))));
    }

    private static boolean required(Entity entity, Reference reference) {
        return reference.names().stream()
                .allMatch(name -> entity.attribute(name)
                        .filter(attribute -> !attribute.optional())
                        .isPresent());
    }

    private static Set<String> columns(Entity entity, List<String> attributes) {
        Set<String> columns = new LinkedHashSet<>();
        attributes.forEach(name -> entity.attribute(name)
                .ifPresent(attribute -> columns.add(attribute.column().value())));
        return columns;
    }
}
