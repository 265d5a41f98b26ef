package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.IndexClasses;
import dev.schemaproof.analysis.type.SqlType;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index.Method;
import dev.schemaproof.model.Index.Part;
import dev.schemaproof.model.RelationalStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An index, key or partition key over values of a type that its access method doesn't know by itself. */
public final class UnindexableType extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        var types = facts.typing().system(store);
        var classes = new IndexClasses(types);
        return IndexedPart.of(entity, facts)
                .filter(indexed -> indexed.part().flatMap(Part::operatorClass).isEmpty() && !types.isOpen())
                .flatMap(indexed -> indexed.type().stream()
                        .filter(type -> !type.isUnknown() && isRefused(indexed, type, classes))
                        .filter(type ->
                                elsewhere(indexed.method(), type, classes).isEmpty())
                        .map(type -> finding(
                                        indexed.at(),
                                        entity.name().value(),
                                        "`" + indexed.name() + "` is `" + type + "`, which "
                                                + indexed.method().word() + " can't index by itself, in "
                                                + indexed.owner())
                                .withHelp(help(indexed, type, classes))));
    }

    private static boolean isRefused(IndexedPart indexed, SqlType type, IndexClasses classes) {
        return classes.standard(indexed.method(), type).isEmpty()
                || indexed.method() == Method.GIN && !classes.hasSortableElements(type);
    }

    /** The class that an extension would bring, which is another rule's finding. */
    static Optional<CatalogFacts.OperatorClass> elsewhere(Method method, SqlType type, IndexClasses classes) {
        return classes.standard(
                CatalogFacts.all().operatorClasses(method.word()).stream()
                        .filter(known -> known.origin().extension().isPresent())
                        .toList(),
                type);
    }

    private static String help(IndexedPart indexed, SqlType type, IndexClasses classes) {
        if (type.toString().equals("json")) {
            return "`json` can't be compared: make the attribute `type: json`, which is PostgreSQL's `jsonb`";
        }
        var others = Arrays.stream(Method.values())
                .filter(method -> classes.standard(method, type).isPresent())
                .map(Method::word)
                .toList();
        if (indexed.part().isEmpty() || indexed.owner().startsWith("the partition")) {
            return "choose an attribute whose values can be compared";
        }
        return others.isEmpty()
                ? "index an expression of it instead, such as a part or a hash"
                : "index it by another method: `using: " + String.join("` or `", others) + "`"
                        + expected(indexed, others);
    }

    private static String expected(IndexedPart indexed, List<String> others) {
        return indexed.method() == Method.GIN && others.contains("btree")
                ? "; gin is for values with parts, such as arrays and json"
                : "";
    }
}
