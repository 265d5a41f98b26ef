package dev.schemaproof.prove.engine;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The running database of every engine: they differ in what they know and in how they clean up. */
final class OpenDatabase implements RunningDatabase {

    private final EngineChoice engine;
    private final String description;
    private final ServerFacts facts;
    private final Scratch scratch;
    private final Optional<RelationFiles> files;
    private final Cleanup cleanup;
    private final MadeRoles roles;

    OpenDatabase(
            EngineChoice engine,
            String description,
            ServerFacts facts,
            Scratch scratch,
            Optional<RelationFiles> files,
            Cleanup cleanup) {
        this(engine, description, facts, scratch, files, cleanup, new MadeRoles());
    }

    /** @param roles dropped by the cleanup */
    OpenDatabase(
            EngineChoice engine,
            String description,
            ServerFacts facts,
            Scratch scratch,
            Optional<RelationFiles> files,
            Cleanup cleanup,
            MadeRoles roles) {
        this.engine = engine;
        this.description = description;
        this.facts = facts;
        this.scratch = scratch;
        this.files = files;
        this.cleanup = cleanup;
        this.roles = roles;
    }

    @Override
    public EngineChoice engine() {
        return engine;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public int serverVersion() {
        return facts.version();
    }

    @Override
    public DataSource dataSource() {
        return scratch.dataSource();
    }

    @Override
    public Isolation isolation() {
        return scratch.isolation();
    }

    @Override
    public String schema() {
        return scratch.schema();
    }

    @Override
    public boolean superuser() {
        return facts.superuser();
    }

    @Override
    public Optional<RelationFiles> files() {
        return files;
    }

    @Override
    public void makesRoles(List<String> names) {
        roles.add(names);
    }

    @Override
    public void close() {
        try {
            cleanup.run();
        } catch (Exception e) {
            throw new LeftBehindException(
                    "could not remove " + scratch.described() + " of " + description + ": " + Problems.sentence(e), e);
        }
    }

    @Override
    public String toString() {
        return description;
    }
}
