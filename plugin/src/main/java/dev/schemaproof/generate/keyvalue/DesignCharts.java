package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.ItemSize;
import dev.schemaproof.analysis.keyvalue.KeyTemplate;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.analysis.keyvalue.cost.Bill;
import dev.schemaproof.analysis.keyvalue.cost.StoreCapacity;
import dev.schemaproof.generate.keyvalue.DesignDocument.EntityRow;
import dev.schemaproof.generate.keyvalue.DesignDocument.IndexRow;
import dev.schemaproof.generate.keyvalue.DesignDocument.TableChart;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.Billing;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.KeyValueTable.Projection;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the charts of a store's design. */
final class DesignCharts {

    private DesignCharts() {}

    static DesignDocument of(String model, StoreFacts store, StoreCapacity capacity, Bill bill) {
        return new DesignDocument(
                text(model),
                text(store.store().name().value()),
                store.tables().stream().map(DesignCharts::table).toList(),
                store.resolutions().stream().map(PatternChart::row).toList(),
                CapacityChart.of(capacity, bill));
    }

    private static TableChart table(TableDesign design) {
        var table = design.table();
        var columns = TableDefinition.keys(table);
        return new TableChart(
                text(design.name()),
                table.billing() instanceof Billing.Provisioned units
                        ? units.read() + " read and " + units.write() + " write units a second"
                        : "by request",
                table.ttl().map(ttl -> code(ttl.value())),
                options(table.options()),
                columns.stream().map(key -> heading(table, key)).toList(),
                table.indexes().values().stream()
                        .map(index -> index(design, index))
                        .toList(),
                design.items().stream().map(item -> entity(item, columns)).toList());
    }

    private static List<String> options(KeyValueTable.Options options) {
        var said = new ArrayList<String>();
        options.stream().ifPresent(view -> said.add("a stream of " + words(view.name())));
        if (options.pointInTimeRecovery()) {
            said.add("recovery to any point in time");
        }
        if (options.deletionProtection()) {
            said.add("protection against deletion");
        }
        return said;
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String heading(KeyValueTable table, KeyAttribute key) {
        var name = key.name().value();
        var own = Stream.concat(Stream.of(table.partitionKey()), table.sortKey().stream())
                .anyMatch(part -> part.name().value().equals(name));
        return code(name) + (own ? "" : " of " + indexesOf(table, name));
    }

    private static String indexesOf(KeyValueTable table, String name) {
        return table.indexes().values().stream()
                .filter(index -> key(index).contains(name))
                .map(index -> text(index.name().value()))
                .collect(Collectors.joining(", "));
    }

    private static List<String> key(SecondaryIndex index) {
        return Stream.concat(Stream.of(index.partitionKey()), index.sortKey().stream())
                .map(part -> part.name().value())
                .toList();
    }

    private static IndexRow index(TableDesign design, SecondaryIndex index) {
        var name = index.name().value();
        return new IndexRow(
                text(name) + (index.local() ? ", local" : ""),
                codes(key(index)),
                projection(index.projection()),
                design.items().stream()
                        .filter(item -> item.indexes().containsKey(name))
                        .map(item -> text(item.name()))
                        .collect(Collectors.joining(", ")));
    }

    private static String projection(Projection projection) {
        if (projection instanceof Projection.Include include) {
            return codes(include.attributes().stream().map(name -> name.value()).toList());
        }
        return projection instanceof Projection.All ? "everything" : "keys";
    }

    private static EntityRow entity(ItemDesign item, List<KeyAttribute> columns) {
        var templates = item.templates().stream().collect(Collectors.toMap(KeyTemplate::name, KeyTemplate::toString));
        var keys = columns.stream()
                .map(key -> templates.getOrDefault(key.name().value(), ""))
                .map(DesignCharts::code)
                .toList();
        var names = columns.stream().map(key -> key.name().value()).toList();
        var others = item.stored().keySet().stream()
                .filter(name -> !names.contains(name))
                .toList();
        return new EntityRow(
                text(item.name()),
                keys,
                codes(others),
                Math.round(ItemSize.of(item).total().average()) + " bytes");
    }

    static String codes(Collection<String> names) {
        return names.stream().map(DesignCharts::code).collect(Collectors.joining(", "));
    }

    /** A text as code in a cell of a table; nothing for an empty one. */
    static String code(String text) {
        if (text.isEmpty()) {
            return "";
        }
        var line = text.replaceAll("\\s+", " ").replace("|", "\\|");
        return line.contains("`") ? "`` " + line + " ``" : "`" + line + "`";
    }

    /** A text in a cell of a table. */
    static String text(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("([\\\\`*_\\[\\]<|])", "\\\\$1");
    }
}
