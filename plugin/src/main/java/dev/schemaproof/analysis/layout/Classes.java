package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.index.Demand;
import dev.schemaproof.analysis.index.Request;
import dev.schemaproof.analysis.index.SortedColumn;
import dev.schemaproof.analysis.normal.AttributeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says to the search for indexes what a B-tree knows nothing of. Reads that one key can't serve for such a reason are put into different
 * classes: each class is a column that exists only in the search, and that every demand of the class compares for equality. A read
 * that can share the keys of several classes has an alternative in each.
 *
 * <ul>
 *   <li>An item without a value is left out of an index that has it in its key: a key with optional columns serves only reads that want
 *       no such rows.
 *   <li>Nothing may follow a text that may hold what sorts before the delimiter, nor a number that sorts as such: the key is that of one
 *       form, and others may share it if they need no more columns.
 *   <li>One partition with all rows of an entity serves reads of all rows, and no others: they would make it hotter. Of a small
 *       entity it serves them all.
 * </ul>
 */
final class Classes {

    private final EntityColumns columns;
    private final List<Group> groups = new ArrayList<>();

    /** The keys that may be made for some reads: with these optional columns, for that form alone where nothing may be added. */
    private record Group(AttributeSet optional, Optional<Form> closed) {}

    Classes(EntityColumns columns, List<Ask> asks) {
        this.columns = columns;
        for (var ask : asks) {
            for (var form : ask.forms()) {
                var group = group(form);
                if (!groups.contains(group)) {
                    groups.add(group);
                }
            }
        }
    }

    private Group group(Form form) {
        return new Group(optional(form.columns()), form.closed() ? Optional.of(form) : Optional.empty());
    }

    private AttributeSet optional(AttributeSet set) {
        return set.positions()
                .filter(columns::optional)
                .boxed()
                .reduce(AttributeSet.none(), AttributeSet::with, AttributeSet::union);
    }

    /** The number of columns that the search sees. */
    int width() {
        return columns.size() + 1 + groups.size();
    }

    /** Whether the column exists only in the search. */
    boolean isMark(int column) {
        return column >= columns.size();
    }

    private int everything() {
        return columns.size();
    }

    private int mark(int group) {
        return columns.size() + 1 + group;
    }

    /** Whether a key of the search sorts by a number. */
    boolean isNumeric(List<SortedColumn> key) {
        return key.stream()
                .map(SortedColumn::column)
                .filter(column -> column > everything())
                .map(column -> groups.get(column - mark(0)))
                .anyMatch(group -> group.closed.map(Form::numeric).orElse(false));
    }

    /** The question to the search. */
    Request request(Ask ask) {
        return new Request(demands(ask).stream().map(Option::demand).distinct().toList());
    }

    /**
     * A demand and the form that it stands for.
     *
     * @param partition how many columns the partition key may have at most
     */
    record Option(Demand demand, Form form, int partition) {}

    List<Option> demands(Ask ask) {
        var options = new ArrayList<Option>();
        for (var form : ask.forms()) {
            for (var i = 0; i < groups.size(); i++) {
                if (shares(ask, form, groups.get(i))) {
                    var mark = AttributeSet.of(mark(i));
                    var all = mark.with(everything());
                    if (form.equal().isEmpty()) {
                        options.add(new Option(form.demand(all), form, 0));
                    } else {
                        options.add(
                                new Option(form.demand(mark), form, form.equal().size()));
                        if (columns.entity().small()) {
                            options.add(new Option(form.demand(all), form, 0));
                        }
                    }
                }
            }
        }
        return options;
    }

    private boolean shares(Ask ask, Form form, Group group) {
        if (!group.optional.containsAll(optional(form.columns()))
                || !ask.present().containsAll(group.optional)) {
            return false;
        }
        if (group.closed.isEmpty()) {
            return !form.closed();
        }
        var owner = group.closed.get();
        if (form.closed() || owner.numeric()) {
            return form.equal().equals(owner.equal())
                    && (form.suffix().isEmpty() || form.suffix().equals(owner.suffix()))
                    && (!form.closed() || form.equals(owner));
        }
        return owner.columns().containsAll(form.columns());
    }
}
