package dev.schemaproof.analysis.type;

import dev.schemaproof.analysis.sql.SqlReading;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.DataType;
import dev.schemaproof.sql.Span;
import dev.schemaproof.sql.SqlExpression;
import java.util.List;
import java.util.Optional;

/**
 * An expression of the model with its types.
 *
 * @param role what it is for
 * @param reading its text, read
 * @param tree what it says
 * @param typed what is known of the whole
 * @param collation by which its texts are compared
 * @param flaws what PostgreSQL would surely refuse in it
 * @param target the type that it has to fit, where it has to fit one
 * @param types the types that its database knows
 * @param name what it belongs to, in the user's words: {@code Order.total}, a type, a partition
 */
public record TypedText(
        Role role,
        SqlReading<SqlExpression> reading,
        SqlExpression tree,
        Typed typed,
        Derived collation,
        List<TypeFlaw> flaws,
        Optional<DataType> target,
        TypeSystem types,
        String name) {

    public TypedText {
        flaws = List.copyOf(flaws);
    }

    /** What an expression is for. */
    public enum Role {
        DEFAULT("a default"),
        GENERATED("a generated column"),
        CHECK("a check"),
        INDEX_KEY("an index"),
        PREDICATE("the condition of an index"),
        POLICY("a policy"),
        PARTITION_KEY("a partition key"),
        PARTITION_BOUND("a partition's bound");

        private final String words;

        Role(String words) {
            this.words = words;
        }

        /** With its article. */
        public String words() {
            return words;
        }

        /** Whether it has to give the same whenever it is asked. */
        public boolean isImmutable() {
            return this == GENERATED || this == INDEX_KEY || this == PREDICATE || this == PARTITION_KEY;
        }

        /** Whether it is a condition. */
        public boolean isCondition() {
            return this == CHECK || this == PREDICATE || this == POLICY;
        }
    }

    /** Where a stretch of it stands in the file. */
    public Location locate(Span span) {
        return reading.locate(span);
    }

    /** What stands there. */
    public String text(Span span) {
        return span.of(reading.source().value());
    }
}
