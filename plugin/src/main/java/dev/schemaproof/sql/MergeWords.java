package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlStatement.Match;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The branches of a MERGE by their words. The library knows neither {@code DO NOTHING}, {@code DEFAULT VALUES} nor {@code OVERRIDING} in them,
 * so these are masked.
 */
final class MergeWords {

    /**
     * A branch.
     *
     * @param when the index of its first word
     * @param match for which rows it is meant
     * @param action the index of the first word behind its THEN
     */
    record Branch(int when, Match match, int action) {}

    private final SqlText text;
    private final List<Branch> branches = new ArrayList<>();

    MergeWords(SqlText text) {
        this.text = text;
        var depth = 0;
        var merge = false;
        var when = -1;
        for (var i = 0; i < text.tokens().size(); i++) {
            if (text.isAt(i, "(") || text.isAt(i, "case")) {
                depth++;
            } else if (text.isAt(i, ")") || text.isAt(i, "end")) {
                depth--;
            } else if (depth == 0) {
                merge |= text.isAt(i, "merge") && text.isAt(i + 1, "into");
                if (text.isAt(i, "when")) {
                    when = i;
                } else if (merge && when >= 0 && text.isAt(i, "then")) {
                    branches.add(new Branch(when, match(when + 1), i + 1));
                    when = -1;
                }
            }
        }
    }

    private Match match(int word) {
        if (!text.isAt(word, "not")) {
            return Match.BOTH;
        }
        return text.isAt(word + 2, "by") && text.isAt(word + 3, "source") ? Match.TARGET_ONLY : Match.SOURCE_ONLY;
    }

    List<Branch> branches() {
        return branches;
    }

    /** Whether a branch does nothing. */
    boolean doesNothing(Branch branch) {
        return text.isAt(branch.action(), "do") && text.isAt(branch.action() + 1, "nothing");
    }

    /** Whether a branch adds rows of defaults. */
    boolean addsDefaults(Branch branch) {
        return text.isAt(branch.action(), "insert")
                && text.isAt(branch.action() + 1, "default")
                && text.isAt(branch.action() + 2, "values");
    }

    /** Writes what the library understands over what it doesn't. */
    void mask(char[] masked) {
        for (var branch : branches) {
            if (doesNothing(branch)) {
                mask(masked, branch.action(), branch.action() + 1, "DELETE");
                if (branch.match() == Match.SOURCE_ONLY) {
                    // It wants an INSERT for these, which is longer
                    var named = text.isAt(branch.when() + 3, "by");
                    mask(masked, branch.when() + 1, branch.when() + (named ? 4 : 2), "MATCHED");
                }
            } else if (addsDefaults(branch)) {
                mask(masked, branch.action() + 1, branch.action() + 2, "VALUES (0)");
            } else if (text.isAt(branch.action(), "insert")) {
                var i = branch.action() + 1;
                if (text.isAt(i, "(")) {
                    i = text.indexBehindBrackets(i);
                }
                if (text.isAt(i, "overriding")) {
                    mask(masked, i, i + 2, "");
                }
            }
        }
    }

    private void mask(char[] masked, int first, int last, String words) {
        if (last < text.tokens().size()) {
            var begin = text.tokens().get(first).begin();
            Arrays.fill(masked, begin, text.tokens().get(last).end(), ' ');
            words.getChars(0, words.length(), masked, begin);
        }
    }
}
