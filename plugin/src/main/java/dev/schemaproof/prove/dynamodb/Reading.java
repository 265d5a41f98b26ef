package dev.schemaproof.prove.dynamodb;

import dev.schemaproof.prove.dynamodb.Expression.Operand;
import dev.schemaproof.prove.dynamodb.TableEvaluator.Projection;
import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One page of a Query or a Scan. */
final class Reading {

    /** A page ends when this has been read, before the filter drops anything. */
    private static final long PAGE = 1024 * 1024;

    private static final Set<String> SORT_OPERATORS = Set.of("=", "<", "<=", ">", ">=");

    private final StoredTable table;
    private final Map<String, ?> body;
    private final Optional<TableSchema.Index> index;
    private final TableSchema.Key key;
    private final Optional<Expression> keyCondition;
    private final Optional<Expression> filter;
    private final Projection projection;
    private final boolean count;
    private final long limit;

    Reading(StoredTable table, Map<String, ?> body, boolean query) throws RefusedCallException {
        this.table = table;
        this.body = body;
        this.index = index(table, body);
        this.key = index.map(TableSchema.Index::key).orElse(table.schema().key());
        this.count = "COUNT".equals(body.get("Select"));
        var reader = ExpressionReader.of(body);
        this.keyCondition = query ? Optional.of(keyCondition(reader)) : Optional.empty();
        this.filter = body.get("FilterExpression") instanceof String text
                ? Optional.of(reader.condition(text))
                : Optional.empty();
        this.projection = Projection.of(body, reader);
        this.limit = limit(body.get("Limit"));
        reader.requireAllUsed();
        if (count && projection.names().isPresent()) {
            throw RefusedCallException.invalid(
                    "Cannot specify the ProjectionExpression when choosing to get only the Count");
        }
        if (query) {
            requireFilterBesideKey();
        }
        requireProjected();
    }

    private static Optional<TableSchema.Index> index(StoredTable table, Map<String, ?> body)
            throws RefusedCallException {
        if (body.get("IndexName") == null) {
            return Optional.empty();
        }
        var index = table.schema().indexes().get(String.valueOf(body.get("IndexName")));
        if (index == null) {
            throw RefusedCallException.invalid("The table does not have the specified index: " + body.get("IndexName"));
        }
        if (!index.local() && Boolean.TRUE.equals(body.get("ConsistentRead"))) {
            throw RefusedCallException.invalid("Consistent reads are not supported on global secondary indexes");
        }
        return Optional.of(index);
    }

    private static long limit(@Nullable Object given) throws RefusedCallException {
        if (given == null) {
            return Long.MAX_VALUE;
        }
        var limit = given instanceof BigDecimal number ? number.longValue() : ((Number) given).longValue();
        if (limit < 1) {
            throw RefusedCallException.invalid("Limit must be greater than or equal to 1");
        }
        return limit;
    }

    /** All of the partition key by equality; of the sort key what comes first by equality, and one range behind it. */
    private Expression keyCondition(ExpressionReader reader) throws RefusedCallException {
        if (!(body.get("KeyConditionExpression") instanceof String text)) {
            throw RefusedCallException.invalid(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified");
        }
        var condition = reader.condition(text);
        var open = new ArrayList<>(key.sort());
        var partition = new HashSet<>(key.partition());
        var ranged = false;
        for (var part : condition.conjuncts()) {
            var attribute = part.attributes().findFirst().orElse("");
            var equal = part instanceof Expression.Comparison comparison
                    && comparison.operator().equals("=");
            if (part instanceof Expression.Comparison comparison
                            && !(comparison.left() instanceof Operand.Attribute
                                    && comparison.right() instanceof Operand.Given)
                    || part.attributes().count() != 1) {
                throw RefusedCallException.invalid("a key is compared with given values");
            }
            requireTypes(part, attribute);
            if (equal && partition.remove(attribute)) {
                continue;
            }
            if (ranged || open.isEmpty() || !open.get(0).equals(attribute) || !(equal || range(part))) {
                throw RefusedCallException.invalid("Query key condition not supported: " + text);
            }
            ranged = !equal;
            open.remove(0);
        }
        if (!partition.isEmpty()) {
            throw RefusedCallException.invalid("Query condition missed key schema element: " + partition);
        }
        return condition;
    }

    private static boolean range(Expression part) {
        return part instanceof Expression.Between
                || part instanceof Expression.Comparison comparison && SORT_OPERATORS.contains(comparison.operator())
                || part instanceof Expression.Function function
                        && function.name().equals("begins_with");
    }

    private void requireTypes(Expression part, String attribute) throws RefusedCallException {
        var operands = new ArrayList<Operand>();
        if (part instanceof Expression.Comparison comparison) {
            operands.add(comparison.right());
        } else if (part instanceof Expression.Between between) {
            operands.addAll(List.of(between.low(), between.high()));
        } else if (part instanceof Expression.Function function) {
            operands.addAll(function.arguments());
        }
        for (var operand : operands) {
            if (operand instanceof Operand.Given given) {
                if (!given.value().type().equals(table.schema().types().get(attribute))) {
                    throw RefusedCallException.invalid(
                            "One or more parameter values were invalid: Condition parameter type does not match schema type");
                }
                if (given.value().content() instanceof String text && text.isEmpty()) {
                    throw RefusedCallException.invalid(
                            "One or more parameter values are not valid. The AttributeValue for a"
                                    + " key attribute cannot contain an empty string value. Key: " + attribute);
                }
            }
        }
    }

    private void requireFilterBesideKey() throws RefusedCallException {
        var names = key.names();
        var inKey = filter.stream()
                .flatMap(Expression::attributes)
                .filter(names::contains)
                .findFirst();
        if (inKey.isPresent()) {
            throw RefusedCallException.invalid(
                    "Filter Expression can only contain non-primary key attributes: Primary key attribute: "
                            + inKey.get());
        }
    }

    /** What a global index doesn't carry can't be asked of it. */
    private void requireProjected() throws RefusedCallException {
        var carried = index.filter(through -> !through.local()).flatMap(this::carried);
        if (carried.isEmpty()) {
            return;
        }
        for (var name : projection.names().orElseGet(Set::of)) {
            if (!carried.get().contains(name)) {
                throw RefusedCallException.invalid("One or more parameter values were invalid: Global secondary index "
                        + index.get().name() + " does not project [" + name + "]");
            }
        }
    }

    private Optional<Set<String>> carried(TableSchema.Index through) {
        return through.included().map(included -> {
            var all = new HashSet<>(included);
            all.addAll(through.key().names());
            all.addAll(table.schema().key().names());
            return all;
        });
    }

    Map<String, @Nullable Object> answer() throws RefusedCallException {
        var found = new ArrayList<Map<String, Object>>();
        Map<String, Value> last = Map.of();
        long scanned = 0;
        long bytes = 0;
        var more = false;
        for (var item : waiting()) {
            if (scanned == limit || bytes >= PAGE) {
                more = true;
                break;
            }
            scanned++;
            bytes += Value.size(item);
            last = item;
            var seen = seen(item);
            if (filter.isEmpty() || filter.get().holds(seen)) {
                found.add(Value.wire(projection.of(seen)));
            }
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        if (!count) {
            answer.put("Items", found);
        }
        answer.put("Count", found.size());
        answer.put("ScannedCount", scanned);
        // DynamoDB only knows that there was an end when it has tried to read on
        if (more || scanned == limit) {
            var place = new LinkedHashMap<>(last);
            place.keySet().retainAll(placeNames());
            answer.put("LastEvaluatedKey", Value.wire(place));
        }
        return answer;
    }

    private Set<String> placeNames() {
        var names = new HashSet<>(key.names());
        names.addAll(table.schema().key().names());
        return names;
    }

    /** An item as it is seen through the index. */
    private Map<String, Value> seen(Map<String, Value> item) {
        var carried = index.flatMap(this::carried);
        var seen = new LinkedHashMap<>(item);
        carried.ifPresent(names -> seen.keySet().retainAll(names));
        return seen;
    }

    /** The items of the stretch that were not on an earlier page. */
    private List<Map<String, Value>> waiting() throws RefusedCallException {
        var stretch = new ArrayList<Map<String, Value>>();
        for (var item : table.items(index)) {
            if (keyCondition.isEmpty() || keyCondition.get().holds(item)) {
                stretch.add(item);
            }
        }
        if (Boolean.FALSE.equals(body.get("ScanIndexForward"))) {
            Collections.reverse(stretch);
        }
        if (body.get("ExclusiveStartKey") == null) {
            return stretch;
        }
        var start = table.key(Value.item(body.get("ExclusiveStartKey")));
        for (var i = 0; i < stretch.size(); i++) {
            if (table.key(stretch.get(i)).equals(start)) {
                return stretch.subList(i + 1, stretch.size());
            }
        }
        throw RefusedCallException.invalid("The provided starting key is invalid");
    }
}
