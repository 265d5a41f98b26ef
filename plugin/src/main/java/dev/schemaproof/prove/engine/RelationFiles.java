package dev.schemaproof.prove.engine;

import java.sql.SQLException;
import java.util.Map;

/**
 * The files of a running server's relations. PostgreSQL's planner takes the number of pages from the length of the file,
 * so that a table is planned at its declared size only when its files have that length.
 */
public interface RelationFiles {

    /**
     * Makes relation files at least as long as asked, as sparse files that take no room on the disk: a first file and,
     * beyond 1 GiB each, the segments {@code .1}, {@code .2} and so on. What the files hold stays. A relation treated so
     * can be planned with, but no longer be read sensibly: the pages added are empty.
     *
     * @param bytesByPath total length by path, as {@code pg_relation_filepath} gives it; whole pages of 8192 bytes
     * @throws SQLException when the server refuses, or a file cannot be extended
     */
    void extend(Map<String, Long> bytesByPath) throws SQLException;
}
