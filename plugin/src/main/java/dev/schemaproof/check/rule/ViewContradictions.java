package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.sql.SqlReading;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Duplicates;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlQuery;
import dev.schemaproof.sql.SqlStatement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A query that has more or fewer columns than the entity that it fills has attributes, or columns of types that don't fit. */
final class ViewContradictions implements Contradictions {

    @Override
    public Stream<Contradiction> of(Contract contract, Facts facts) {
        var into = contract.duplicates()
                .flatMap(Duplicates::into)
                .filter(target -> target.attribute().isEmpty());
        var entity = into.flatMap(target -> facts.model().entity(target.entity().value()))
                .filter(Entity::sound);
        var from = contract.duplicates().flatMap(Duplicates::from).map(Located::value);
        return entity.isPresent() && from.orElse(null) instanceof Derivation.Query query
                ? contradiction(query.sql(), entity.get(), facts)
                        .map(Stream::of)
                        .orElseGet(() -> casts(query.sql(), entity.get(), facts))
                : Stream.empty();
    }

    private static Optional<Contradiction> contradiction(SourceText query, Entity entity, Facts facts) {
        var width = facts.sql()
                .statement(query)
                .map(reading -> reading.names().width())
                .orElseGet(OptionalInt::empty);
        var attributes = entity.attributes().size();
        return width.isEmpty() || width.getAsInt() == attributes
                ? Optional.empty()
                : Optional.of(Contradiction.error(
                        query.at(),
                        "the query has " + columns(width.getAsInt()) + ", and `" + entity.name() + "` has "
                                + (attributes == 1 ? "1 attribute" : attributes + " attributes"),
                        "the query's columns are the attributes of `" + entity.name()
                                + "`, in their order: let it select one for each"));
    }

    private static Stream<Contradiction> casts(SourceText query, Entity entity, Facts facts) {
        var reading = facts.sql().statement(query);
        var items = reading.flatMap(read -> read.parsed().tree())
                .filter(SqlStatement.Reading.class::isInstance)
                .map(tree -> ((SqlStatement.Reading) tree).query())
                .filter(SqlQuery.Select.class::isInstance)
                .map(select -> ((SqlQuery.Select) select).items())
                .orElse(List.of());
        var attributes = List.copyOf(entity.attributes().values());
        return items.size() == attributes.size() && facts.model().storeOf(entity) instanceof RelationalStore store
                ? IntStream.range(0, items.size())
                        .mapToObj(
                                i -> cast(items.get(i).value(), attributes.get(i), reading.orElseThrow(), store, facts))
                        .flatMap(Optional::stream)
                : Stream.empty();
    }

    private static Optional<Contradiction> cast(
            SqlExpression value, Attribute attribute, SqlReading<?> reading, RelationalStore store, Facts facts) {
        var types = facts.typing().system(store);
        var given = facts.typing().of(value, reading, store).filter(type -> !type.isUnknown());
        var wanted = types.of(attribute.type().value());
        return given.isEmpty() || wanted.isEmpty() || types.isCastable(given.get(), wanted.get())
                ? Optional.empty()
                : Optional.of(Contradiction.error(
                        attribute.type().at(),
                        "`" + attribute.name() + "` is `" + attribute.type() + "`, and the query's column is `"
                                + given.get() + "`, which can't be cast to it",
                        "give it the type of the column, or let the query cast it through `text`"));
    }

    private static String columns(int count) {
        return count == 1 ? "1 column" : count + " columns";
    }
}
