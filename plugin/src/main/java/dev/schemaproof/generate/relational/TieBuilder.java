package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.generate.relational.TieScript.Knot;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Decides what {@code triggers.sql} says of copies over several references, or from a source that may be absent.
 *
 * <p>A foreign key that cascades finds rows which the snapshot of its transaction does not show, and then asks to try again;
 * no statement of a trigger can. But it follows nothing that is absent, and nothing that is not in the very row it refers to.
 * So each table of the path gets a table of ties beside it. A tie has a tag of its own, and refers to the tag of the
 * tie of the row that its row refers to, by a foreign key that cascades. A change of the source, or of a reference on the way,
 * gives a tie another tag: this goes on from tie to tie, and where it ends the copy is read anew.
 *
 * <p>Whoever makes a row locks the tie that it will depend on, as a foreign key does, before the value is read. So either the
 * change waits for the row, and then finds its tie, or the row waits for the change, and then reads what it left.
 *
 * <p>The ties of rows that hold copies are never waited for by whoever writes such a row: there may be several of
 * one row, of which those that nothing needs go when they are next met. Else whoever deletes a row, and so holds it, would wait
 * for the tie of it, which is held by who waits for the row.
 */
final class TieBuilder {

    /** PostgreSQL runs triggers by name, and these look at what all others, and the foreign keys, have made of the row. */
    private static final String LAST = "zzzz_";

    private TieBuilder() {}

    /** @param copies of one table, over one path */
    static TieScript tie(List<CopyContract> copies) {
        var first = copies.get(0);
        var name = "schemaproof_tie_" + first.entity().table() + "." + path(first);
        var stored = CopyScript.joins(first, "copied");
        return new TieScript(
                SqlText.remark(copies.stream().map(CopyContract::name).toList()),
                SqlText.table(first.entity()),
                columns(first.entity(), first.entity().keyNames()),
                columns(first.entity(), first.reference().names()),
                columns(
                        first.entity(),
                        Stream.concat(
                                        first.reference().names().stream(),
                                        copies.stream()
                                                .map(copy -> copy.copy().name().value()))
                                .distinct()
                                .toList()),
                FollowBuilder.copied(copies, stored.get(stored.size() - 1).alias() + "."),
                CopyScript.joins(first, "NEW"),
                stored,
                beside(first.entity(), name + ".copy"),
                beside(first.entity(), name + ".pass"),
                IntStream.rangeClosed(0, first.path().size())
                        .mapToObj(number -> knot(copies, number, name + "." + number))
                        .toList());
    }

    /** The references on the way, in words that are the same for the same way. */
    static String path(CopyContract copy) {
        return String.join(
                ".",
                copy.path().stream()
                        .map(step -> step.reference().role().value())
                        .toList());
    }

    private static Knot knot(List<CopyContract> copies, int number, String name) {
        var first = copies.get(0);
        var entity = first.before(number);
        var last = number == first.path().size();
        var keys = number == 0
                ? first.entity().keyNames()
                : first.path().get(number - 1).reference().referredNames(entity);
        List<String> referring =
                last ? List.of() : first.path().get(number).reference().names();
        var decisive = new ArrayList<>(keys);
        decisive.addAll(
                last ? copies.stream().map(copy -> copy.source().name().value()).toList() : referring);
        var ties = beside(first.entity(), name);
        return new Knot(
                SqlText.table(entity),
                ties,
                DIALECT.literal(ties),
                ties,
                Stream.of("insert", "update", "delete", "truncate")
                        .map(event -> DIALECT.identifier(PostgresNames.fit(LAST + name + "." + event)))
                        .toList(),
                beside(first.entity(), name + ".empty"),
                columns(entity, keys),
                IntStream.rangeClosed(1, keys.size()).mapToObj(i -> "key_" + i).toList(),
                columns(entity, referring),
                columns(entity, decisive.stream().distinct().toList()));
    }

    private static String beside(Entity holder, String name) {
        return DIALECT.qualified(holder.relational().schema(), PostgresNames.fit(name));
    }

    private static List<String> columns(Entity entity, List<String> names) {
        return names.stream().map(name -> SqlText.column(entity, name)).toList();
    }
}
