package dev.schemaproof.report;

import dev.schemaproof.generate.relational.ExpandContract.Purpose;
import dev.schemaproof.model.NormalForm;
import dev.schemaproof.report.EntityForm.Wanted;
import java.util.List;

/** The words of both reports about normal forms. */
final class NormalFormWords {

    private NormalFormWords() {}

    static String of(NormalForm form) {
        return switch (form) {
            case FIRST -> "1NF";
            case SECOND -> "2NF";
            case THIRD -> "3NF";
            case BOYCE_CODD -> "BCNF";
        };
    }

    /** The form that an entity is in, as far as it is known. */
    static String reached(EntityForm form) {
        return form.atLeast() == form.atMost()
                ? of(form.atLeast())
                : "at least " + of(form.atLeast()) + ", perhaps " + of(form.atMost());
    }

    /** {@code a, b -> c}. */
    static String dependency(List<String> determinant, List<String> dependents) {
        return String.join(", ", determinant) + " -> " + String.join(", ", dependents);
    }

    static String of(Wanted wanted) {
        return switch (wanted) {
            case CONTRACT -> "on purpose: a contract documents it";
            case HELD -> "it can't drift: the database itself holds it equal";
            case COPY -> "it is a copy through a reference, which has a finding of its own";
        };
    }

    static String title(Purpose purpose) {
        return switch (purpose) {
            case EXPAND -> "Make what is to be, beside what is";
            case WRITE_BOTH -> "Let the application write both";
            case CHECK -> "Look for contradictions: each statement has to return no row";
            case BACKFILL -> "Copy what the rows say so far";
            case CONSTRAIN -> "Add the constraints, first for new rows, then for all";
            case SWITCH_READS -> "Let the application read the new place";
            case SWITCH_WRITES -> "Let the application no longer write the old one";
            case CONTRACT -> "Drop what is no longer used";
        };
    }
}
