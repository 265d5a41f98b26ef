package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.analysis.keyvalue.RequestValue.Piece;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys made of what a pattern knows. */
final class Keys {

    private Keys() {}

    /** The variables of the templates that no condition compares with one value. */
    static Set<String> missing(List<KeyTemplate> templates, Bindings bindings) {
        return templates.stream()
                .flatMap(template -> template.variables().stream())
                .filter(variable ->
                        bindings.equalTo(variable.path().canonical()).isEmpty())
                .map(variable -> variable.path().toString())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The variables of a partition key that no condition gives, and that a query can't do without: a shard that isn't known is asked for
     * shard by shard.
     */
    static Set<String> needed(KeyTemplate partition, Bindings bindings) {
        var missing = missing(List.of(partition), bindings);
        unknownShard(partition, bindings)
                .ifPresent(shard -> missing.remove(shard.path().toString()));
        return missing;
    }

    /** The only shard of a partition key whose value no condition gives. */
    static Optional<Part.Variable> unknownShard(KeyTemplate partition, Bindings bindings) {
        var unknown = partition.variables().stream()
                .filter(variable ->
                        bindings.equalTo(variable.path().canonical()).isEmpty())
                .toList();
        return unknown.stream()
                .filter(variable -> variable.shards().isPresent())
                // What another part of the key is made of has to be known anyway
                .filter(shard -> unknown.stream()
                                .filter(other -> other.path()
                                        .canonical()
                                        .equals(shard.path().canonical()))
                                .count()
                        == 1)
                .findFirst();
    }

    /** The value of a partition key in a query, made for each of its shards where the conditions leave the shard open. */
    static RequestValue asked(KeyTemplate partition, Bindings bindings) throws NoValueException {
        var shard = unknownShard(partition, bindings);
        var pieces = new ArrayList<Piece>();
        for (var part : partition.parts()) {
            if (shard.isPresent() && part.equals(shard.get())) {
                pieces.add(new Piece.EachShard(shard.get().shards().orElseThrow()));
            } else {
                pieces.add(piece(part, bindings));
            }
        }
        return new RequestValue(StorageType.of(partition.attribute().type()), pieces);
    }

    /** The key's value; what no condition gives is a parameter named like its path. */
    static RequestValue value(KeyTemplate template, Bindings bindings) throws NoValueException {
        var pieces = new ArrayList<Piece>();
        for (var part : template.parts()) {
            pieces.add(piece(part, bindings));
        }
        return new RequestValue(StorageType.of(template.attribute().type()), pieces);
    }

    private static Piece piece(Part part, Bindings bindings) throws NoValueException {
        if (part instanceof Part.Literal literal) {
            return new Piece.Text(literal.text());
        }
        var variable = (Part.Variable) part;
        var bound = bindings.equalTo(variable.path().canonical());
        return bound.isPresent()
                ? bindings.piece(bound.get(), bound.get().operand(0), variable.format())
                : bindings.parameter(variable.path().toString(), variable.path(), variable.format());
    }
}
