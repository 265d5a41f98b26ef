package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.Models;
import dev.schemaproof.model.Contract;
import dev.schemaproof.prove.TestServer;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What writers lay aside is folded into the copies once, whatever happens to rows, keys and folds in the meantime. */
@ParameterizedClass
@EnumSource(
        value = Contract.Mode.class,
        names = {"SLOTTED", "LEDGER"})
abstract class FoldScenarios {

    private static final String MODEL = """
            schema: fame
            entities:
              Star:
                attributes:
                  id: int
                  name: {type: text, optional: true}
                  fans: {type: int, default: 0}
                  money: {type: "decimal(9,2)", default: 0}
                key: [id]
                checks: {never_less_than_none: fans >= 0}
              Fan:
                attributes: {id: int, star_id: "int?", paid: "decimal(9,2)?"}
                key: [id]
                references: {star: {entity: Star, onDelete: cascade, onUpdate: cascade}}
                indexes: {by_star: {on: [star_id]}}
            denormalizations:
              fans:
                duplicates: {into: Star.fans, from: {count: Fan, by: star}}
                sync: {by: trigger, mode: %1$s, every: 1s}
                staleness: {allowed: 5s, effect: x, repair: every night}
              money:
                duplicates: {into: Star.money, from: {sum: Fan.paid, by: star}}
                sync: {by: trigger, mode: %1$s, every: 1s}
                staleness: {allowed: 5s, effect: x, repair: every night}
            """;

    @Parameter
    Contract.Mode mode;

    private SyncBed bed;
    private String fold = "";

    abstract TestServer server();

    @BeforeEach
    void open() throws Exception {
        bed = new SyncBed(server().database(), Models.read(MODEL.formatted(mode.word()))).applied();
        fold = "CALL schemaproof_fold_" + (mode == Contract.Mode.SLOTTED ? "slots" : "ledger") + "_star()";
        bed.execute(
                "INSERT INTO star (id) SELECT n FROM generate_series(1, 9) n",
                "INSERT INTO fan (id, star_id, paid) SELECT n, 1 + n % 3, n FROM generate_series(1, 12) n");
    }

    @AfterEach
    void isExact() throws Exception {
        assertThat(bed.drift()).isEmpty();
        bed.fold();
        assertThat(bed.drift()).isEmpty();
        assertThat(bed.aside()).isZero();
        assertThat(bed.query("SELECT 1 FROM star s WHERE fans <> (SELECT count(*) FROM fan f WHERE f.star_id = s.id)"
                        + " OR money <> (SELECT coalesce(sum(paid), 0) FROM fan f WHERE f.star_id = s.id)"))
                .isEmpty();
        bed.close();
    }

    @Test
    void isStaleUntilTheFoldAndExactInTheView() throws Exception {
        assertThat(stars("star")).isEmpty();
        assertThat(stars("schemaproof_exact_star")).isEqualTo("1:4,30.00 2:4,22.00 3:4,26.00");
        assertThat(bed.query(fold)).containsExactly("3");
        assertThat(stars("star")).isEqualTo("1:4,30.00 2:4,22.00 3:4,26.00");
        assertThat(bed.query(fold)).containsExactly("0");
    }

    /** A writer touches no row of the parent: another may have locked it. */
    @Test
    void waitsForNobodyWhoLocksTheParent() throws Exception {
        try (var other = bed.connect()) {
            other.setAutoCommit(false);
            SyncBed.execute(other, "UPDATE star SET name = 'x' WHERE id = 1");
            bed.execute("SET lock_timeout = '5s'", "INSERT INTO fan VALUES (20, 1, 1)");
            other.commit();
        }
    }

    /** Two writers of one parent, of which one has not committed: the fold takes what the other has, and leaves the rest. */
    @Test
    void takesNothingOfWhatIsNotCommitted() throws Exception {
        bed.fold();
        try (var writer = bed.connect()) {
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "INSERT INTO fan VALUES (20, 1, 1)");
            bed.execute("INSERT INTO fan VALUES (21, 1, 1)");
            try (var folder = bed.connect()) {
                SyncBed.execute(folder, "SET lock_timeout = '5s'", fold);
            }
            assertThat(stars("star WHERE id = 1")).isEqualTo("1:5,31.00");
            writer.commit();
        }
    }

    /** In one slot of two there is what another must not be without: the copy is never less than none. */
    @Test
    void foldsWhatHoldsInOneMomentWhileASlotIsLocked() throws Exception {
        bed.execute("DELETE FROM fan");
        bed.fold();
        try (var first = bed.connect();
                var second = bed.connect()) {
            SyncBed.execute(first, "INSERT INTO fan VALUES (20, 1, 1), (21, 1, 1), (22, 1, 1)");
            SyncBed.execute(second, "DELETE FROM fan WHERE id IN (20, 21)");
            first.setAutoCommit(false);
            SyncBed.execute(first, "INSERT INTO fan VALUES (23, 1, 1)");
            assertThat(bed.query(fold)).containsExactly("1");
            assertThat(stars("star")).isEqualTo("1:1,1.00");
            first.commit();
        }
    }

    /** Were the second not to wait, both would add what they have seen. */
    @Test
    void twoFoldsAtOnce() throws Exception {
        try (var other = bed.connect()) {
            other.setAutoCommit(false);
            SyncBed.execute(other, "SELECT 1 FROM star FOR NO KEY UPDATE");
            var first = bed.blocked(fold);
            var second = bed.blocked(fold);
            other.commit();
            first.get(1, TimeUnit.MINUTES);
            second.get(1, TimeUnit.MINUTES);
        }
        assertThat(stars("star")).isEqualTo("1:4,30.00 2:4,22.00 3:4,26.00");
    }

    /** Took each a part of what is left of a parent that is gone, neither would see that it comes to nothing. */
    @Test
    void twoFoldsOfAParentThatIsGone() throws Exception {
        try (var second = bed.connect()) {
            SyncBed.execute(second, "INSERT INTO fan VALUES (20, 1, 1)");
        }
        bed.execute("DELETE FROM star WHERE id = 1");
        var left = "schemaproof_" + (mode == Contract.Mode.SLOTTED ? "slots" : "ledger") + "_star WHERE id = 1";
        assertThat(bed.query("SELECT 1 FROM " + left)).hasSizeGreaterThan(1);
        try (var other = bed.connect()) {
            other.setAutoCommit(false);
            SyncBed.execute(
                    other, "SELECT 1 FROM " + left + " AND ctid = (SELECT max(ctid) FROM " + left + ") FOR UPDATE");
            var folding = bed.blocked(fold);
            assertThat(folding.isDone()).isFalse();
            other.rollback();
            folding.get();
        }
        assertThat(bed.query("SELECT 1 FROM " + left)).isEmpty();
    }

    /** What it has folded before it waits is committed, so that the writer who makes it wait never waits for it. */
    @Test
    void holdsNoLockWhileItWaits() throws Exception {
        try (var writer = bed.connect()) {
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "UPDATE star SET name = 'b' WHERE id = 3");
            var folding = bed.blocked(fold);
            assertThat(stars("star")).isEqualTo("1:4,30.00 2:4,22.00");
            SyncBed.execute(writer, "UPDATE star SET name = 'a' WHERE id = 1", "INSERT INTO fan VALUES (20, 1, 1)");
            writer.commit();
            folding.get();
        }
    }

    /** What is laid aside for a parent that goes away while it is waited for is neither lost nor given to the next one of its key. */
    @Test
    void aParentThatIsDeletedWhileItIsFolded() throws Exception {
        try (var writer = bed.connect()) {
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "DELETE FROM star WHERE id = 1");
            var folding = bed.blocked(fold);
            writer.commit();
            folding.get();
        }
        bed.execute("INSERT INTO star (id) VALUES (1)", "INSERT INTO fan VALUES (20, 1, 1)");
        assertThat(stars("schemaproof_exact_star WHERE id = 1")).isEqualTo("1:1,1.00");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aParentThatComesBack(boolean foldedBefore) throws Exception {
        if (foldedBefore) {
            bed.fold();
        }
        bed.execute("DELETE FROM star WHERE id = 1", "INSERT INTO star (id) VALUES (1)");
        assertThat(stars("schemaproof_exact_star WHERE id = 1")).isEmpty();
        bed.execute("INSERT INTO fan VALUES (20, 1, 1)", "UPDATE star SET id = 100 WHERE id = 1");
        bed.execute("INSERT INTO star (id) VALUES (1)");
        assertThat(stars("schemaproof_exact_star WHERE id IN (1, 100)")).isEqualTo("100:1,1.00");
    }

    /** A restore in parts, say: what is laid aside waits for the parent whose rows it is about. */
    @Test
    void aParentThatIsMissingForAWhile() throws Exception {
        try (var restore = bed.connect()) {
            SyncBed.execute(restore, "SET session_replication_role = replica", "DELETE FROM star WHERE id = 1");
        }
        bed.fold();
        bed.execute("INSERT INTO star (id) VALUES (1)");
        assertThat(stars("schemaproof_exact_star WHERE id = 1")).isEqualTo("1:4,30.00");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void truncateOfBoth(boolean foldedBefore) throws Exception {
        if (foldedBefore) {
            bed.fold();
        }
        bed.execute("TRUNCATE star CASCADE", "INSERT INTO star (id) VALUES (1)");
        assertThat(bed.aside()).isZero();
    }

    /** The snapshot of a transaction that folds nothing itself can't be split by a fold that commits in between. */
    @Test
    void aSnapshotSeesAFoldAsAWholeOrNotAtAll() throws Exception {
        try (var reader = bed.connect()) {
            SyncBed.execute(reader, "BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT 1 FROM star");
            bed.fold();
            assertThat(SyncBed.query(reader, bed.script("reconcile/fans.drift.sql")))
                    .isEmpty();
            assertThat(SyncBed.query(reader, "SELECT sum(fans) FROM schemaproof_exact_star"))
                    .containsExactly("12");
            assertThat(SyncBed.query(reader, "SELECT sum(fans) FROM star")).containsExactly("0");
        }
    }

    /** A writer never fails for the sake of a fold. */
    @Test
    void writesBehindAFoldAtRepeatableRead() throws Exception {
        try (var writer = bed.connect()) {
            SyncBed.execute(
                    writer,
                    "INSERT INTO fan VALUES (20, 1, 1)",
                    "BEGIN ISOLATION LEVEL REPEATABLE READ",
                    "SELECT 1 FROM fan");
            bed.fold();
            SyncBed.execute(writer, "INSERT INTO fan VALUES (21, 1, 1)", "COMMIT");
        }
    }

    @Test
    void refusesWhatCantBeTakenAwayAgain() {
        assertThatThrownBy(() -> bed.execute("UPDATE fan SET paid = 'NaN' WHERE id = 1"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        error -> assertThat(error.getSQLState()).isEqualTo("23514"));
    }

    @Test
    void appliedWhileSomethingIsLaidAside() throws Exception {
        bed.execute("INSERT INTO fan VALUES (20, 1, 1)", bed.script("triggers.sql"));
        assertThat(bed.aside()).isZero();
        assertThat(stars("star")).isEqualTo("1:5,31.00 2:4,22.00 3:4,26.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "1000"})
    void inBatchesOfAnySize(String size) throws Exception {
        assertThat(bed.query(fold.replace("()", "(batch => " + size + ")"))).containsExactly("3");
        assertThat(bed.aside()).isZero();
    }

    @Test
    void isRefusedWithinATransaction() throws Exception {
        try (var session = bed.connect()) {
            session.setAutoCommit(false);
            assertThatThrownBy(() -> SyncBed.execute(session, fold))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("2D000"));
        }
    }

    /** Nobody sees more in the view than in the table, nor behind it. */
    @Test
    void showsNobodyARowThatIsHidden() throws Exception {
        var reader = bed.role("reader");
        var secured = MODEL.replace(
                "    key: [id]\n    checks",
                "    key: [id]\n    grants: {" + reader
                        + ": select}\n    rowSecurity: {policies: {odd: {for: select, using: 'mod(id, 2) = 1'}}}\n    checks");
        try (var other = new SyncBed(server().database(), Models.read(secured.formatted(mode.word())))) {
            other.execute("CREATE ROLE " + reader);
            other.applied()
                    .execute(
                            "INSERT INTO star (id) VALUES (1), (2)",
                            "INSERT INTO fan VALUES (1, 1, 1), (2, 2, 1), (3, 2, 1)");
            try (var session = other.connect()) {
                SyncBed.execute(session, "SET ROLE " + reader);
                assertThat(SyncBed.query(session, "SELECT id || ':' || fans FROM schemaproof_exact_star"))
                        .containsExactly("1:1");
                assertThat(SyncBed.query(
                                session,
                                "SELECT DISTINCT id FROM schemaproof_"
                                        + (mode == Contract.Mode.SLOTTED ? "slots" : "ledger") + "_star"))
                        .containsExactly("1");
            }
        }
    }

    private String stars(String from) throws SQLException {
        var where = from.contains("WHERE") ? " AND" : " WHERE";
        return String.join(
                " ",
                bed.query("SELECT id || ':' || fans || ',' || money FROM " + from + where + " fans <> 0 ORDER BY id"));
    }
}
