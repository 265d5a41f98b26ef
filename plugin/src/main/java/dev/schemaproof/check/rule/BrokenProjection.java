package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.INCLUDED_ATTRIBUTES;
import static dev.schemaproof.dialect.dynamodb.DynamoLimits.KEY_NAME_BYTES;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.Projection;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import dev.schemaproof.model.Located;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A list of attributes in the projection of a DynamoDB index that DynamoDB refuses, or that carries nothing. */
public final class BrokenProjection implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.tables().stream())
                .flatMap(design -> Stream.concat(
                        sum(design.table()).stream(),
                        design.table().indexes().values().stream()
                                .filter(index -> index.projection() instanceof Projection.Include)
                                .flatMap(index -> check(design, index, (Projection.Include) index.projection()))));
    }

    /** The same name in two indexes counts twice. */
    private Optional<Finding> sum(KeyValueTable table) {
        var count = 0;
        for (var index : table.indexes().values()) {
            if (index.projection() instanceof Projection.Include include) {
                count += include.attributes().size();
                if (count > INCLUDED_ATTRIBUTES) {
                    return Optional.of(finding(
                                    index.name().at(),
                                    table.name().value(),
                                    "the `project` lists of `" + table.name() + "` name more than "
                                            + INCLUDED_ATTRIBUTES + " attributes together, and DynamoDB refuses that")
                            .withHelp("write `project: all` at the widest index: what it carries isn't counted"));
                }
            }
        }
        return Optional.empty();
    }

    private Stream<Finding> check(TableDesign design, SecondaryIndex index, Projection.Include include) {
        if (include.attributes().isEmpty()) {
            return Stream.of(finding(
                            index.name().at(),
                            subject(design, index),
                            "`project` of index `" + index.name() + "` lists nothing")
                    .withHelp("write `project: keys`"));
        }
        var seen = new HashSet<String>();
        var known = held(design, index);
        return include.attributes().stream()
                .flatMap(attribute -> check(design, index, attribute, !seen.add(attribute.value()), known));
    }

    private Stream<Finding> check(
            TableDesign design, SecondaryIndex index, Located<String> attribute, boolean again, Set<String> known) {
        var subject = subject(design, index) + "." + attribute;
        if (again) {
            return Stream.of(
                    finding(attribute.at(), subject, "`" + attribute + "` is listed twice, which DynamoDB refuses")
                            .withHelp("remove one of the two"));
        }
        if (attribute.value().getBytes(StandardCharsets.UTF_8).length > KEY_NAME_BYTES) {
            return Stream.of(finding(
                            attribute.at(),
                            subject,
                            "the name has more than 255 bytes, and DynamoDB takes no longer ones in projections")
                    .withHelp("give the attribute a shorter name, or write `project: all`"));
        }
        if (keys(design.table(), index).contains(attribute.value())) {
            return Stream.of(finding(
                            attribute.at(),
                            subject,
                            "`" + attribute + "` is part of a key, which every entry of `" + index.name()
                                    + "` carries anyway")
                    .withSeverity(Severity.WARNING)
                    .withHelp("remove it from `project`"));
        }
        // A name that nothing in the model has is reported as such
        return design.unjudged().isEmpty()
                        && !known.isEmpty()
                        && !known.contains(attribute.value())
                        && elsewhere(design, attribute.value())
                ? Stream.of(finding(
                                attribute.at(),
                                subject,
                                "no item in index `" + index.name() + "` holds `" + attribute + "`")
                        .withSeverity(Severity.WARNING)
                        .withHelp(NearestName.of(attribute.value(), known)
                                .map(name -> "did you mean `" + name + "`?")
                                .orElse("remove it from `project`")))
                : Stream.empty();
    }

    private static boolean elsewhere(TableDesign design, String name) {
        return design.items().stream()
                .anyMatch(item -> item.entity().attribute(name).isPresent()
                        || item.stored().containsKey(name));
    }

    private static String subject(TableDesign design, SecondaryIndex index) {
        return design.name() + "." + index.name();
    }

    private static Set<String> keys(KeyValueTable table, SecondaryIndex index) {
        var names = new HashSet<String>();
        Stream.of(
                        Stream.of(table.partitionKey(), index.partitionKey()),
                        table.sortKey().stream(),
                        index.sortKey().stream())
                .flatMap(keys -> keys)
                .forEach(key -> names.add(key.name().value()));
        return names;
    }

    /** What the items in the index hold. */
    private static Set<String> held(TableDesign design, SecondaryIndex index) {
        var names = new TreeSet<String>();
        design.items().stream()
                .filter(item -> item.indexes().containsKey(index.name().value()))
                .forEach(item -> {
                    names.addAll(item.stored().keySet());
                    item.templates().forEach(template -> names.add(template.name()));
                });
        return names;
    }
}
