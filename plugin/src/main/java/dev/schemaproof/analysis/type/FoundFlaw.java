package dev.schemaproof.analysis.type;

import dev.schemaproof.analysis.sql.SqlReading;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.RelationalStore;
import java.util.Optional;

/**
 * A flaw and where the model has it.
 *
 * @param flaw what is wrong
 * @param at where it stands
 * @param first where a parameter got the type that doesn't fit
 * @param subject the element it belongs to, as exceptions name it
 * @param store the store whose database would refuse it
 */
public record FoundFlaw(TypeFlaw flaw, Location at, Optional<Location> first, String subject, RelationalStore store) {

    static FoundFlaw in(SqlReading<?> reading, RelationalStore store, TypeFlaw flaw) {
        return new FoundFlaw(
                flaw, reading.locate(flaw.span()), flaw.first().map(reading::locate), reading.subject(), store);
    }
}
