package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import java.util.Locale;
import java.util.stream.Stream;

/** An index on an entity that is declared so small that reading all of it is as fast. */
public final class SmallTableIndex implements Rule {

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(entity -> entity.sound() && entity.small())
                .flatMap(entity -> facts.access().paths(entity).stream()
                        .filter(path -> Indexes.isFree(entity, path))
                        .map(path -> finding(entity, path)));
    }

    private Finding finding(Entity entity, IndexPath path) {
        var rows = String.format(Locale.ROOT, "%,d", entity.expectedRows());
        return finding(
                        path.at(),
                        entity.name() + "." + path.name(),
                        "`" + path.name() + "` is on a table of " + rows + " rows, which are read as fast without it")
                .withHelp("remove it, or say in its `reason` what it is for");
    }
}
