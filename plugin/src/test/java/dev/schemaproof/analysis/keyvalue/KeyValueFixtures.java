package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;

/** What the tests of this room share. */
final class KeyValueFixtures {

    private KeyValueFixtures() {}

    /** The type of a required attribute that is declared so. */
    static ValueType type(DataType type) {
        var model = Models.read("schema: s\nentities: {E: {attributes: {id: uuid, a: \"" + type + "\"}, key: [id]}}\n");
        var entity = entity(model, "E");
        return ValueType.of(
                model, new BaseTypes(model), entity, entity.attributes().get("a"));
    }

    static Entity entity(Model model, String name) {
        return model.entity(name).orElseThrow();
    }
}
