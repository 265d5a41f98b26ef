package dev.schemaproof.analysis.sql;

import dev.schemaproof.sql.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a result, in order.
 *
 * @param open whether there may be more, anywhere
 */
record Outputs(List<Output> columns, boolean open) {

    /** PostgreSQL's limit for a result; more than that is not worth knowing. */
    static final int MOST = 1_664;

    static final Outputs UNKNOWN = new Outputs(List.of(), true);
    static final Outputs NONE = new Outputs(List.of(), false);

    /**
     * A column of a result.
     *
     * @param name its name, where it is certain
     * @param origin the stored column that it hands on unchanged
     */
    record Output(Optional<String> name, Optional<StoredColumn> origin) {}

    Outputs {
        open |= columns.size() > MOST;
        columns = columns.size() > MOST ? List.of() : List.copyOf(columns);
    }

    /** The same columns, the first of them with other names. */
    Outputs renamed(List<SqlName> names) {
        if (names.isEmpty()) {
            return this;
        }
        var renamed = new ArrayList<Output>();
        for (var i = 0; i < names.size(); i++) {
            var origin = open || i >= columns.size()
                    ? Optional.<StoredColumn>empty()
                    : columns.get(i).origin();
            renamed.add(new Output(Optional.of(names.get(i).value()), origin));
        }
        if (!open && columns.size() > names.size()) {
            renamed.addAll(columns.subList(names.size(), columns.size()));
        }
        return new Outputs(renamed, open);
    }

    /** The same columns, none of which is known to be handed on unchanged. */
    Outputs withoutOrigins() {
        return new Outputs(
                columns.stream()
                        .map(column -> new Output(column.name(), Optional.empty()))
                        .toList(),
                open);
    }
}
