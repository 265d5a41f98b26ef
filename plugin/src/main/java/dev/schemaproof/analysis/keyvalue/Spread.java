package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part.Variable;
import dev.schemaproof.analysis.keyvalue.ValueType.Kind;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** How the rows of an entity spread over the partitions of a table or an index, as far as the model declares it. */
public final class Spread {

    private static final Pattern CURRENT = Pattern.compile(
            "(?i)\\(?\\s*(now\\(\\)|current_(timestamp|date)|localtimestamp|(clock|statement|transaction)_timestamp\\(\\)).*");

    private final Model model;
    private final Entity entity;
    private final List<Variable> variables;

    private Spread(Model model, Entity entity, List<Variable> variables) {
        this.model = model;
        this.entity = entity;
        this.variables = variables;
    }

    /** By this partition key. */
    public static Spread of(Model model, ItemDesign item, KeyTemplate partition) {
        return new Spread(model, item.entity(), partition.variables());
    }

    /** By what a request fixes: all rows that have the same values of these. */
    public static Spread of(Model model, ItemDesign item, List<Variable> fixed) {
        return new Spread(model, item.entity(), List.copyOf(fixed));
    }

    /**
     * A share of the requests.
     *
     * @param least one partition gets at least so much, 0 to 1
     * @param shown whether that follows from what is declared
     * @param reasons why, in words
     */
    public record Share(double least, boolean shown, List<String> reasons) {

        public Share {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * The share of requests that one partition gets at least; nothing where the values of an ingredient aren't declared.
     *
     * @param fresh whether the requests write new rows, which belong to the current day or hour
     * @param fixed paths that are the same in every request
     * @param everyShard whether each request goes to every shard
     */
    public Optional<Share> busiest(boolean fresh, Set<String> fixed, boolean everyShard) {
        var least = 1.0;
        var shown = true;
        var reasons = new ArrayList<String>();
        for (var variable : variables) {
            if (fixed.contains(variable.path().toString())) {
                continue;
            }
            if (everyShard && variable.shards().isPresent()) {
                reasons.add("it asks all " + variable.shards().getAsInt() + " shards");
                continue;
            }
            if (fresh && bucket(variable)) {
                shown &= current(variable);
                reasons.add("every new one gets the current " + unit(variable));
                continue;
            }
            var share = share(variable, reasons);
            if (share.isEmpty()) {
                return Optional.empty();
            }
            least *= share.getAsDouble();
        }
        return Optional.of(new Share(least, shown, reasons));
    }

    private static OptionalDouble share(Variable variable, List<String> reasons) {
        var path = variable.path();
        var values = path.attribute().values();
        var frequent =
                values.skew().values().stream().mapToDouble(Double::doubleValue).max();
        var even = even(variable);
        if (variable.shards().isPresent()) {
            // All items of one value are in one shard
            var shard = 1.0 / variable.shards().getAsInt();
            if (Math.max(frequent.orElse(0), even.orElse(0)) <= shard) {
                reasons.add("`" + variable + "` has " + variable.shards().getAsInt() + " values");
                return OptionalDouble.of(shard);
            }
        }
        if (frequent.isPresent() && frequent.getAsDouble() > even.orElse(0)) {
            reasons.add("one value of `" + path + "` has " + Math.round(frequent.getAsDouble() * 100) + " %");
            return frequent;
        }
        even.ifPresent(share -> reasons.add("`" + path + "` has " + Math.round(1 / share) + " values"));
        return even;
    }

    /** How many values the model declares what a variable is made of to have; nothing where it doesn't. */
    public static OptionalDouble values(Variable variable) {
        var even = even(variable);
        return even.isPresent() ? OptionalDouble.of(1 / even.getAsDouble()) : even;
    }

    /** The share of each value if all were equally frequent: the most frequent one has at least that. */
    private static OptionalDouble even(Variable variable) {
        var declared = variable.path().attribute().values().distinct();
        if (declared.isPresent()) {
            return OptionalDouble.of(1.0 / Math.max(1, declared.getAsLong()));
        }
        return switch (variable.path().type().kind()) {
            case BOOLEAN -> OptionalDouble.of(0.5);
            case ENUMERATION ->
                OptionalDouble.of(
                        1.0 / Math.max(1, variable.path().type().labels().size()));
            default -> OptionalDouble.empty();
        };
    }

    /** Whether it names a stretch of time, so that all new rows get the same value for a while. */
    private static boolean bucket(Variable variable) {
        var kind = variable.path().type().kind();
        return variable.path().canonical().own()
                && (kind == Kind.DATE || kind == Kind.TIMESTAMP)
                && (kind == Kind.DATE || !variable.injective());
    }

    private static boolean current(Variable variable) {
        return variable.path()
                .attribute()
                .defaultValue()
                .filter(value -> CURRENT.matcher(value.value().strip()).matches())
                .isPresent();
    }

    private static String unit(Variable variable) {
        if (variable.format() instanceof KeyFormat.Dated dated) {
            return dated.pattern().precision();
        }
        return variable.format() instanceof KeyFormat.Epoch ? "second" : "day";
    }

    /** The expected number of rows in a partition; nothing where the number of partitions isn't declared. */
    public OptionalDouble rows() {
        var perParent = perParent();
        if (perParent.isPresent()) {
            return perParent;
        }
        var partitions = 1.0;
        for (var variable : variables) {
            var count = count(variable);
            if (count.isEmpty()) {
                return OptionalDouble.empty();
            }
            partitions *= count.getAsDouble();
        }
        return OptionalDouble.of(Math.max(1, entity.expectedRows() / partitions));
    }

    /** Whether {@link #rows()} stands on declared numbers, and on none that is assumed. */
    public boolean declared() {
        return perParent().isPresent()
                || entity.rows().isPresent()
                        && variables.stream()
                                .flatMap(variable -> target(variable).stream())
                                .allMatch(target -> target.rows().isPresent());
    }

    private Optional<Entity> target(Variable variable) {
        return even(variable).isPresent() || variable.shards().isPresent()
                ? Optional.empty()
                : parent(variable)
                        .flatMap(reference -> model.entity(reference.entity().value()));
    }

    /** Where the partition is that of one row referred to, or a shard of it, its declared number of rows. */
    private OptionalDouble perParent() {
        var whole = variables.stream()
                .filter(variable -> variable.shards().isEmpty())
                .toList();
        if (whole.size() != 1) {
            return OptionalDouble.empty();
        }
        var shards = variables.stream()
                .mapToDouble(variable -> variable.shards().orElse(1))
                .reduce(1, (one, other) -> one * other);
        return parent(whole.get(0)).stream()
                .flatMapToLong(reference -> reference.perParent().stream())
                .mapToDouble(rows -> Math.max(1, rows / shards))
                .findFirst();
    }

    /** The reference whose target the value alone identifies. */
    private Optional<Reference> parent(Variable variable) {
        var canonical = variable.path().canonical();
        if (canonical.roles().size() == 1 && unique(variable.path().owner(), canonical.attribute())) {
            return entity.reference(canonical.roles().get(0));
        }
        return entity.references().values().stream()
                .filter(reference -> canonical.own() && reference.names().equals(List.of(canonical.attribute())))
                .findFirst();
    }

    private OptionalDouble count(Variable variable) {
        var even = even(variable);
        if (variable.shards().isPresent()) {
            return OptionalDouble.of(Math.min(variable.shards().getAsInt(), 1 / even.orElse(0)));
        }
        if (even.isPresent()) {
            return OptionalDouble.of(1 / even.getAsDouble());
        }
        var canonical = variable.path().canonical();
        if (canonical.own() && unique(entity, canonical.attribute())) {
            return OptionalDouble.of((double) entity.expectedRows());
        }
        return parent(variable)
                .flatMap(reference -> model.entity(reference.entity().value()))
                .stream()
                .mapToDouble(Entity::expectedRows)
                .findFirst();
    }

    private static boolean unique(Entity owner, String attribute) {
        return owner.keyNames().equals(List.of(attribute))
                || owner.uniques().stream().anyMatch(unique -> unique.names().equals(List.of(attribute)));
    }
}
