package dev.schemaproof.prove;

import dev.schemaproof.model.Entity;
import dev.schemaproof.prove.SummaryCopy.Drift;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A copy that the database keeps: how to find out without what was generated whether it is right, and how to damage it. */
interface KeptCopy {

    /** The contract's name. */
    String name();

    /** The copy in the user's words: {@code `User.follower_count`}. */
    String described();

    /** The entity that holds it. */
    Entity holder();

    /** What was generated to find and repair its drift. */
    Reconciliation reconciliation();

    /** Looks at every copy anew, in this program: nothing of what was generated takes part. */
    List<Drift> recount(Connection connection) throws SQLException;

    /** The keys of the rows that hold the copy and what they hold, those with nothing last. */
    List<Drift> held(Connection connection) throws SQLException;

    /** Writes something wrong into the copy of one row directly. */
    void damage(Connection connection, List<String> key) throws SQLException;

    /** Whether it is brought up to date when a transaction commits. */
    default boolean waitsForCommit() {
        return false;
    }

    /** The statements behind which damage is not noticed, to be rolled back. */
    List<String> disarming();

    /** Whether the copy is the reason why a write was refused that is right, and had only to wait for another. */
    default boolean refusesInVain(SQLException refusal) {
        return false;
    }

    /** The keys of the rows that the generated statement finds. */
    default List<List<String>> generatedDrift(Connection connection) throws SQLException {
        return reconciliation().drift(connection, holder());
    }
}
