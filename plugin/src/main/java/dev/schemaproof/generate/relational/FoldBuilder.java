package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Grant;
import dev.schemaproof.model.Located;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Decides what {@code triggers.sql} says of copies whose rows many writers change at once.
 *
 * <p>A writer who updates the row that holds a copy locks it until the commit, so that writers of one parent go one after the
 * other. In the modes {@code slotted} and {@code ledger} writers do not touch that row: triggers lay what a statement changes
 * aside, in a table beside the parent's, and a procedure folds it into the copy later. Of each key this holds in every snapshot:
 *
 * <blockquote>the copy + all that is laid aside under the key = what the rows come to that refer to the key</blockquote>
 *
 * <p>where a key that no row of the parent has counts as one whose copy is zero. So the copy itself may be stale, by the
 * interval of the fold and the time that it takes, and the left side, which a view gives, never is. The equation is kept by
 * each transaction alone, as it adds the same to both sides, or moves something on the left, whatever others add meanwhile: a
 * row that leaves a key, or is deleted, leaves its copy there, laid aside; TRUNCATE lays aside what is missing on the left then; the
 * repair sets the copy to what is missing, as only a fold, which waits for the lock of the repair, moves anything.
 *
 * <p>The modes differ in one thing. In a ledger every change has a row of its own: writers never wait for each other or a fold, nor
 * fail for their sake at any isolation level, and the table grows until the next fold. Slots are rows too, but the changes of one
 * session are added up in one of a given number for each key, which the session finds by its process number: the table stays small,
 * and whoever shares a slot waits for the other.
 *
 * <p>A fold locks the parent's row, behind which a fold at the same time waits, and then, in one statement and so in one snapshot,
 * sums up all that is laid aside under the key, and takes away those rows that nobody has locked. It adds the sum to the copy, which is right for
 * that moment then, rather than a mixture of several, and lays aside the difference of what it took away and what it added: nothing
 * where no slot was locked. So a fold waits for nobody who lays something aside; and where somebody else has locked the parent's row,
 * it commits before it waits. It takes part in no deadlock of its own.
 */
public final class FoldBuilder {

    private static final String SLOT = "schemaproof_slot";

    private FoldBuilder() {}

    /** The table in which changes of a contract's copy are laid aside, beside the parent's. */
    public static String table(SummaryContract contract) {
        return SyncBuilder.beside(
                contract.parent(), "schemaproof_" + kind(contract.mode().orElseThrow()));
    }

    /** The view that gives what the copies of an entity come to, with what is laid aside. */
    public static String view(Entity parent) {
        return SyncBuilder.beside(parent, "schemaproof_exact_");
    }

    /** The procedure that folds what is laid aside into a contract's copy, by name. */
    public static String procedure(SummaryContract contract) {
        return procedure(contract.parent(), contract.mode().orElseThrow());
    }

    private static String procedure(Entity parent, Contract.Mode mode) {
        return SyncBuilder.beside(parent, "schemaproof_fold_" + kind(mode));
    }

    private static String kind(Contract.Mode mode) {
        return mode == Contract.Mode.SLOTTED ? "slots_" : "ledger_";
    }

    /** The statement that folds, without parameters. */
    public static String call(SummaryContract contract) {
        return call(contract.parent(), contract.mode().orElseThrow());
    }

    /** The statement that folds what is laid aside for the copies of an entity in one mode, without parameters. */
    public static String call(Entity parent, Contract.Mode mode) {
        return "CALL " + procedure(parent, mode) + "()";
    }

    /** The column that tells slots apart. */
    static String slotColumn(Contract.Mode mode) {
        return mode == Contract.Mode.SLOTTED ? SLOT : "";
    }

    /**
     * The slot of a session. Processes that are started one after the other, as a pool starts them, get different ones.
     *
     * @param ofParent contracts of one parent; where they name different numbers of slots, the greatest counts
     */
    static String slotNumber(List<SummaryContract> ofParent) {
        return "pg_backend_pid() % "
                + ofParent.stream().mapToInt(SummaryContract::slots).max().orElse(Contract.Sync.SLOTS);
    }

    /** @param ofParent all contracts of one parent and one mode */
    static FoldScript fold(List<SummaryContract> ofParent) {
        var first = ofParent.get(0);
        var parent = first.parent();
        var tallies = ofParent.stream().map(Tally::of).toList();
        var names = ofParent.stream().map(SummaryContract::name).toList();
        var often = ofParent.stream()
                .flatMap(contract -> contract.contract().sync().stream())
                .flatMap(sync -> sync.every().stream())
                .map(Located::value)
                .min(Comparator.naturalOrder());
        return new FoldScript(
                table(first),
                SqlText.remark(names),
                SqlText.table(parent),
                DIALECT.literal(parent.table().value()),
                tallies.get(0).parentKeys(),
                tallies,
                slotColumn(first.mode().orElseThrow()),
                parent.relational().unlogged(),
                parent.relational().rowSecurity().isPresent(),
                readers(parent),
                procedure(first),
                Procedures.notes(String.join(", ", names), call(first), often.orElse(Duration.ofSeconds(1))));
    }

    /** Those who may read the whole table. */
    static List<String> readers(Entity parent) {
        return parent.relational().grants().stream()
                .filter(grant -> grant.privileges().stream().anyMatch(FoldBuilder::reads))
                .map(grant -> SqlText.role(grant.role().value()))
                .distinct()
                .toList();
    }

    private static boolean reads(Grant.Permission permission) {
        var privilege = permission.privilege().value();
        return permission.attributes().isEmpty()
                && (privilege == Grant.Privilege.SELECT || privilege == Grant.Privilege.ALL);
    }
}
