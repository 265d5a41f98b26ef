package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.cure.Cure;
import dev.schemaproof.analysis.cure.Home;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.analysis.relational.UsedSequences;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.generate.relational.SchemaScript.Constraint;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.UniqueKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way of a decomposition in a database that is running: first the new table beside the old columns (expand), then the
 * data, then readers and writers, and at last the old columns go (contract). Each statement stands alone, as those that run
 * {@code CONCURRENTLY} have to.
 *
 * @param steps in order
 */
public record ExpandContract(List<Step> steps) {

    public ExpandContract {
        steps = List.copyOf(steps);
    }

    /** What a step is for. */
    public enum Purpose {
        /** The tables, columns and indexes that are to be. */
        EXPAND,
        /** From here on the application writes both. */
        WRITE_BOTH,
        /** Each must find nothing before the next step. */
        CHECK,
        /** What the old rows say. */
        BACKFILL,
        /** Foreign keys and what else old rows have to fulfil. */
        CONSTRAIN,
        /** The application reads the new place. */
        SWITCH_READS,
        /** The application no longer writes the old one. */
        SWITCH_WRITES,
        /** The old columns go. */
        CONTRACT
    }

    /**
     * A step.
     *
     * @param statements SQL, each ended by a semicolon; none where only the application changes
     */
    public record Step(Purpose purpose, List<String> statements) {

        public Step {
            statements = List.copyOf(statements);
        }
    }

    /**
     * The steps to a cure in the store of its entity.
     *
     * @param facts the model as it is now
     * @return empty where something about the entities names nothing, or has no readable type, so that there is no SQL for it
     */
    public static Optional<ExpandContract> of(Cure cure, RelationalStore store, Facts facts) {
        var concerned = Stream.concat(
                Stream.of(cure.before(), cure.after()),
                cure.homes().stream().flatMap(home -> Stream.concat(Stream.of(home.entity()), home.before().stream())));
        return concerned.allMatch(entity -> Resolved.in(entity, facts))
                ? Optional.of(new Writer(cure, store, facts).write())
                : Optional.empty();
    }

    private static final class Writer {

        private final Cure cure;
        private final RelationalStore store;
        private final Model model;
        private final Facts after;
        private final Entity before;
        private final TableBuilder tables;
        private final ConstraintBuilder constraints;
        private final IndexBuilder indexes;
        private final RowSteps rows;
        private final Set<String> renamed;

        Writer(Cure cure, RelationalStore store, Facts facts) {
            this.cure = cure;
            this.store = store;
            before = cure.before();
            model = around(cure, facts.model());
            after = new Facts(model, facts.today());
            rows = new RowSteps(cure);
            renamed = renamed();
            tables = new TableBuilder(model, store);
            constraints = new ConstraintBuilder(model, store, new TableOrder(ordered()), List.of());
            indexes = new IndexBuilder(store, after.access());
        }

        /** The entities concerned and those that they refer to, as they will be: other entities change nothing here. */
        private static Model around(Cure cure, Model model) {
            var entities = new LinkedHashMap<String, Entity>();
            var concerned = Stream.concat(cure.homes().stream().map(Home::entity), Stream.of(cure.after()))
                    .toList();
            concerned.stream()
                    .flatMap(entity -> entity.references().values().stream())
                    .flatMap(reference -> model.entity(reference.entity().value()).stream())
                    .filter(entity -> model.storeOf(entity).equals(model.storeOf(cure.before())))
                    .forEach(entity -> entities.put(entity.name().value(), entity.withReferences(Map.of())));
            concerned.forEach(entity -> entities.put(entity.name().value(), entity));
            return new Model(model.name(), model.stores(), model.types(), entities, Map.of(), Map.of(), model.rules());
        }

        /** Homes of homes before homes, so that foreign keys find their targets. */
        private List<Entity> ordered() {
            return List.copyOf(model.entities().values());
        }

        ExpandContract write() {
            var steps = new ArrayList<Step>();
            add(steps, Purpose.EXPAND, expand());
            steps.add(new Step(Purpose.WRITE_BOTH, List.of()));
            add(steps, Purpose.CHECK, rows.checks());
            add(steps, Purpose.BACKFILL, rows.backfill());
            add(steps, Purpose.CONSTRAIN, constrain());
            steps.add(new Step(Purpose.SWITCH_READS, List.of()));
            add(steps, Purpose.SWITCH_WRITES, key());
            add(steps, Purpose.CONTRACT, contract());
            return new ExpandContract(steps);
        }

        private static void add(List<Step> steps, Purpose purpose, List<String> statements) {
            if (!statements.isEmpty() || purpose == Purpose.SWITCH_WRITES) {
                steps.add(new Step(purpose, statements));
            }
        }

        private List<String> expand() {
            var statements = new ArrayList<>(renamings());
            for (var home : RowSteps.innermostFirst(cure)) {
                if (home.before().isEmpty()) {
                    statements.add(create(home.entity()));
                    home.entity()
                            .indexes()
                            .values()
                            .forEach(index -> statements.add(
                                    "CREATE " + index(home.entity(), indexes.index(home.entity(), index), "")));
                } else {
                    extend(home, home.before().get(), statements);
                }
            }
            rights(statements);
            cure.after().indexes().forEach((name, index) -> {
                if (!index.equals(before.indexes().get(name))) {
                    statements.add("CREATE "
                            + index(cure.after(), indexes.index(cure.after(), index), concurrently(cure.after())));
                }
            });
            return statements;
        }

        /** Who may use the new tables, and what the catalog says of them. */
        private void rights(List<String> statements) {
            var created = cure.homes().stream()
                    .filter(home -> home.before().isEmpty())
                    .map(Home::entity)
                    .toList();
            var rights = new RightsBuilder(store, new UsedSequences(model, store, after.sql()));
            created.stream()
                    .flatMap(entity -> rights.grants(entity).stream())
                    .forEach(granted -> statements.add("GRANT " + granted.privileges() + " ON " + granted.object()
                            + " TO " + granted.role() + ";"));
            var comments = new CommentBuilder(model, store);
            var known = new HashSet<>(comments.comments(cure.homes().stream()
                    .flatMap(home -> home.before().stream())
                    .toList()));
            comments.comments(cure.homes().stream().map(Home::entity).toList()).stream()
                    .filter(comment -> !known.contains(comment))
                    .forEach(comment ->
                            statements.add("COMMENT ON " + comment.object() + " IS " + comment.literal() + ";"));
        }

        /** What moves keeps its name, and so does what is built anew; the old index has to give it up first. */
        private List<String> renamings() {
            return renamed.stream()
                    .map(name -> "ALTER INDEX " + inSchema(before, name) + " RENAME TO " + DIALECT.identifier(old(name))
                            + ";")
                    .toList();
        }

        private Set<String> renamed() {
            var anew = new HashSet<String>();
            for (var home : cure.homes()) {
                var names = indexNames(home.entity());
                home.before().map(Writer::indexNames).ifPresent(names::removeAll);
                anew.addAll(names);
            }
            cure.after().indexes().forEach((name, index) -> {
                if (!index.equals(before.indexes().get(name))) {
                    anew.add(name);
                }
            });
            var renamed = indexNames(before);
            renamed.retainAll(anew);
            return renamed;
        }

        /** Of indexes and of the constraints that are kept by one. */
        private static Set<String> indexNames(Entity entity) {
            var names = new LinkedHashSet<>(entity.indexes().keySet());
            entity.uniques().forEach(unique -> names.add(RelationalNames.uniqueName(entity, unique)));
            names.addAll(entity.relational().exclusions().keySet());
            return names;
        }

        private static String inSchema(Entity entity, String name) {
            return DIALECT.qualified(entity.relational().schema(), name);
        }

        private static String old(String name) {
            return PostgresNames.fit(name + "_old");
        }

        private static String concurrently(Entity entity) {
            // A partitioned table can't be indexed concurrently
            return entity.relational().partitioning().isEmpty() ? "CONCURRENTLY " : "";
        }

        private static String index(Entity entity, SchemaScript.Index index, String concurrently) {
            return index.unique() + "INDEX " + concurrently + index.name() + " ON " + SqlText.table(entity) + " "
                    + index.using() + "(" + index.parts() + ")" + index.suffix() + ";";
        }

        private String create(Entity entity) {
            var all = new ArrayList<Constraint>(constraints.of(entity));
            all.addAll(constraints.lateForeignKeys(entity));
            var table = tables.table(entity, all);
            var lines = Stream.concat(
                            table.columns().stream().map(SchemaScript.Column::definition),
                            table.constraints().stream()
                                    .map(constraint ->
                                            "CONSTRAINT " + constraint.name() + " " + constraint.definition()))
                    .toList();
            return "CREATE " + table.unlogged() + "TABLE " + table.name() + " (\n    " + String.join(",\n    ", lines)
                    + "\n)" + table.suffix() + ";";
        }

        /** New columns of a table that is there are empty at first. */
        private void extend(Home home, Entity there, List<String> statements) {
            var entity = home.entity();
            var columns = tables.table(entity, List.of()).columns();
            var attributes = List.copyOf(entity.attributes().values());
            for (var attribute : attributes) {
                if (!there.attributes().containsKey(attribute.name().value())) {
                    var column = columns.get(attributes.indexOf(attribute));
                    var clauses = attribute.generated().isPresent()
                            ? column.clauses()
                            : column.clauses().replaceFirst("NOT NULL ?", "").strip();
                    statements.add(("ALTER TABLE " + SqlText.table(entity) + " ADD COLUMN " + column.name() + " "
                                            + column.type() + " " + clauses)
                                    .strip()
                            + ";");
                }
            }
            entity.indexes().forEach((name, index) -> {
                if (!there.indexes().containsKey(name)) {
                    statements.add("CREATE " + index(entity, indexes.index(entity, index), concurrently(entity)));
                }
            });
        }

        private List<String> constrain() {
            var statements = new ArrayList<String>();
            for (var home : cure.homes()) {
                home.before().ifPresent(there -> {
                    required(home, there, statements);
                    different(there, home.entity(), statements);
                });
            }
            foreignKeys(before, cure.after(), statements);
            return statements;
        }

        private static void required(Home home, Entity there, List<String> statements) {
            for (var attribute : home.entity().attributes().values()) {
                if (!there.attributes().containsKey(attribute.name().value())
                        && !attribute.optional()
                        && attribute.generated().isEmpty()) {
                    statements.add("ALTER TABLE " + SqlText.table(there) + " ALTER COLUMN "
                            + DIALECT.identifier(attribute.column().value()) + " SET NOT NULL;");
                }
            }
        }

        /** The constraints that a table gets that is there already. */
        private void different(Entity there, Entity entity, List<String> statements) {
            var known = constraints.of(there).stream().map(Constraint::name).collect(Collectors.toSet());
            var roles = entity.references().values().stream()
                    .map(reference -> DIALECT.identifier(RelationalNames.foreignKeyName(entity, reference)))
                    .collect(Collectors.toSet());
            constraints.of(entity).stream()
                    .filter(constraint -> !known.contains(constraint.name()) && !roles.contains(constraint.name()))
                    .forEach(constraint -> statements.add("ALTER TABLE " + SqlText.table(entity) + " ADD CONSTRAINT "
                            + constraint.name() + " " + constraint.definition() + ";"));
            foreignKeys(there, entity, statements);
        }

        /** Added without a look at the rows that are there, which would lock the table; then they are looked at. */
        private void foreignKeys(Entity old, Entity entity, List<String> statements) {
            var all = Stream.concat(constraints.of(entity).stream(), constraints.lateForeignKeys(entity).stream())
                    .collect(Collectors.toMap(
                            Constraint::name, Constraint::definition, (one, other) -> one, HashMap::new));
            for (Reference reference : entity.references().values()) {
                if (old.references().containsKey(reference.role().value())) {
                    continue;
                }
                var name = DIALECT.identifier(RelationalNames.foreignKeyName(entity, reference));
                var definition = all.get(name);
                if (definition == null) {
                    continue;
                }
                var table = "ALTER TABLE " + SqlText.table(entity);
                if (entity.relational().partitioning().isPresent()) {
                    statements.add(table + " ADD CONSTRAINT " + name + " " + definition + ";");
                } else {
                    statements.add(table + " ADD CONSTRAINT " + name + " " + definition + " NOT VALID;");
                    statements.add(table + " VALIDATE CONSTRAINT " + name + ";");
                }
            }
        }

        /** A key that loses a column is replaced by that with what determines the column. */
        private List<String> key() {
            var statements = new ArrayList<String>();
            var entity = cure.after();
            if (!before.keyNames().equals(entity.keyNames())) {
                entity.keyNames().stream()
                        .filter(name -> before.attribute(name)
                                .filter(Attribute::optional)
                                .isPresent())
                        .forEach(name -> statements.add("ALTER TABLE " + SqlText.table(entity) + " ALTER COLUMN "
                                + SqlText.column(entity, name) + " SET NOT NULL;"));
                var name = RelationalNames.primaryKeyName(entity);
                statements.add("ALTER TABLE " + SqlText.table(entity) + " DROP CONSTRAINT "
                        + DIALECT.identifier(RelationalNames.primaryKeyName(before)) + ";");
                constraints.of(entity).stream()
                        .filter(constraint -> constraint.name().equals(DIALECT.identifier(name)))
                        .forEach(constraint -> statements.add("ALTER TABLE " + SqlText.table(entity)
                                + " ADD CONSTRAINT " + constraint.name() + " " + constraint.definition() + ";"));
            }
            // Rows are written without them from here on
            before.attributes().values().stream()
                    .filter(attribute ->
                            !entity.attributes().containsKey(attribute.name().value()))
                    .filter(attribute ->
                            !attribute.optional() && attribute.generated().isEmpty())
                    .forEach(attribute -> statements.add("ALTER TABLE " + SqlText.table(before) + " ALTER COLUMN "
                            + DIALECT.identifier(attribute.column().value()) + " DROP NOT NULL;"));
            var uniques = names(before, before.uniques());
            constraints.of(entity).stream()
                    .filter(constraint -> names(entity, entity.uniques()).contains(constraint.name())
                            && !uniques.contains(constraint.name()))
                    .forEach(constraint -> statements.add("ALTER TABLE " + SqlText.table(entity) + " ADD CONSTRAINT "
                            + constraint.name() + " " + constraint.definition() + ";"));
            return statements;
        }

        private static Set<String> names(Entity entity, List<UniqueKey> uniques) {
            return uniques.stream()
                    .map(unique -> DIALECT.identifier(RelationalNames.uniqueName(entity, unique)))
                    .collect(Collectors.toSet());
        }

        /** What stands on several columns goes with the first of them that goes, except for what is said of expressions. */
        private List<String> contract() {
            var statements = new ArrayList<String>();
            var table = "ALTER TABLE " + SqlText.table(before);
            before.references().values().stream()
                    .filter(reference -> !cure.after()
                            .references()
                            .containsKey(reference.role().value()))
                    .forEach(reference -> statements.add(table + " DROP CONSTRAINT "
                            + DIALECT.identifier(RelationalNames.foreignKeyName(before, reference)) + ";"));
            before.checks().keySet().stream()
                    .filter(name -> !cure.after().checks().containsKey(name))
                    .forEach(name -> statements.add(table + " DROP CONSTRAINT " + DIALECT.identifier(name) + ";"));
            before.indexes().values().stream()
                    .filter(index -> !index.equals(
                            cure.after().indexes().get(index.name().value())))
                    .map(index -> index.name().value())
                    .map(name -> inSchema(before, renamed.contains(name) ? old(name) : name))
                    .forEach(name -> statements.add("DROP INDEX " + concurrently(before) + name + ";"));
            var generatedFirst = before.attributes().values().stream()
                    .filter(attribute -> !cure.after()
                            .attributes()
                            .containsKey(attribute.name().value()))
                    .sorted(Comparator.comparing(
                            attribute -> attribute.generated().isEmpty()))
                    .map(attribute -> "DROP COLUMN "
                            + DIALECT.identifier(attribute.column().value()))
                    .toList();
            statements.add(table + "\n    " + String.join(",\n    ", generatedFirst) + ";");
            return statements;
        }
    }
}
