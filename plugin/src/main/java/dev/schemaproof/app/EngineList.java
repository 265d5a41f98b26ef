package dev.schemaproof.app;

import dev.schemaproof.prove.engine.BinariesResolver;
import dev.schemaproof.prove.engine.ContainerEngine;
import dev.schemaproof.prove.engine.EmbeddedEngine;
import dev.schemaproof.prove.engine.PostgresEngine;
import dev.schemaproof.prove.engine.UrlEngine;
import java.util.List;
import java.util.function.Consumer;

/** The one list of engines. */
final class EngineList {

    private EngineList() {}

    static List<PostgresEngine> all(BinariesResolver binaries, Consumer<String> progress) {
        return List.of(new UrlEngine(), new ContainerEngine(progress), new EmbeddedEngine(binaries));
    }
}
