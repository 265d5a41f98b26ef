package dev.schemaproof.app;

import dev.schemaproof.analysis.keyvalue.cost.Prices;
import dev.schemaproof.generate.Generator;
import dev.schemaproof.generate.keyvalue.DesignGenerator;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.template.Templates;
import java.util.List;

/** The one list of generators. */
public final class Generators {

    private Generators() {}

    /** All of them, printing with these templates, and without prices. */
    public static List<Generator> all(Templates templates) {
        return all(templates, Prices.NONE);
    }

    /**
     * All of them, printing with these templates.
     *
     * @param prices by which costs are counted
     */
    public static List<Generator> all(Templates templates, Prices prices) {
        return List.of(
                new RelationalGenerator(templates), new KeyValueGenerator(), new DesignGenerator(templates, prices));
    }
}
