package dev.schemaproof.app;

import dev.schemaproof.generate.Generator;
import dev.schemaproof.generate.keyvalue.DesignGenerator;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.template.Templates;
import java.util.List;

/** The one list of generators. */
public final class Generators {

    private Generators() {}

    /** All of them, printing with these templates. */
    public static List<Generator> all(Templates templates) {
        return List.of(new RelationalGenerator(templates), new KeyValueGenerator(), new DesignGenerator(templates));
    }
}
