package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlStatement.Match;
import dev.schemaproof.sql.SqlStatement.MergeAction;
import dev.schemaproof.sql.SqlStatement.MergeBranch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.merge.MergeDelete;
import net.sf.jsqlparser.statement.merge.MergeInsert;
import net.sf.jsqlparser.statement.merge.MergeOperation;
import net.sf.jsqlparser.statement.merge.MergeUpdate;
import org.jspecify.annotations.Nullable;

/** Turns the library's branches of a MERGE into ours. */
final class MergeConverter {

    private final SqlText text;
    private final MergeWords words;
    private final ExpressionConverter expressions;
    private final QueryConverter queries;

    MergeConverter(SqlText text, ExpressionConverter expressions, QueryConverter queries) {
        this.text = text;
        this.words = new MergeWords(text);
        this.expressions = expressions;
        this.queries = queries;
    }

    List<MergeBranch> branches(Merge merge) {
        var operations = merge.getOperations() == null ? List.<MergeOperation>of() : merge.getOperations();
        if (operations.isEmpty() || operations.size() != words.branches().size() || merge.getOutputClause() != null) {
            throw new UnreadableSqlException(
                    text.tokens().get(0).span(),
                    "this MERGE can't be read",
                    "write it as `MERGE INTO table USING rows ON condition WHEN MATCHED THEN ...`");
        }
        var branches = new ArrayList<MergeBranch>();
        Map<Match, Span> unconditional = new EnumMap<>(Match.class);
        for (var i = 0; i < operations.size(); i++) {
            var place = words.branches().get(i);
            var branch = branch(operations.get(i), place);
            var begin = text.tokens().get(place.when()).span();
            if (unconditional.containsKey(branch.match())) {
                throw new UnreadableSqlException(
                        begin, "no row comes to this WHEN", "put it before the one that has no condition");
            } else if (branch.condition().isEmpty()) {
                unconditional.put(branch.match(), begin);
            }
            branches.add(branch);
        }
        return branches;
    }

    private MergeBranch branch(MergeOperation operation, MergeWords.Branch place) {
        if (operation instanceof MergeDelete delete) {
            return new MergeBranch(
                    place.match(),
                    condition(delete.getAndPredicate()),
                    words.doesNothing(place) ? new MergeAction.Nothing() : new MergeAction.Delete());
        } else if (operation instanceof MergeUpdate update) {
            onlyPostgres(place, update.getWhereCondition());
            onlyPostgres(place, update.getDeleteWhereCondition());
            return new MergeBranch(
                    place.match(),
                    condition(update.getAndPredicate()),
                    new MergeAction.Update(queries.assignments(update.getUpdateSets())));
        }
        var insert = (MergeInsert) operation;
        onlyPostgres(place, insert.getWhereCondition());
        return new MergeBranch(
                place.match(),
                condition(insert.getAndPredicate()),
                words.addsDefaults(place)
                        ? new MergeAction.Insert(List.of(), List.of())
                        : new MergeAction.Insert(
                                queries.columns(insert.getColumns()), expressions.convertAll(insert.getValues())));
    }

    private Optional<SqlExpression> condition(@Nullable Expression condition) {
        return Optional.ofNullable(condition).map(expressions::convert);
    }

    /** Other systems have conditions behind an action. */
    private void onlyPostgres(MergeWords.Branch place, @Nullable Expression condition) {
        if (condition != null) {
            throw new UnreadableSqlException(
                    text.tokens().get(place.action()).span(),
                    "an action of MERGE has no WHERE",
                    "write the condition before THEN: `WHEN MATCHED AND condition THEN ...`");
        }
    }
}
