package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.analysis.keyvalue.RequestValue.Piece;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys made of what a pattern knows. */
final class Keys {

    private Keys() {}

    /** The variables of the templates that no condition compares with one value. */
    static Set<String> missing(List<KeyTemplate> templates, Bindings bindings) {
        return templates.stream()
                .flatMap(template -> template.variables().stream())
                .filter(variable ->
                        bindings.equalTo(variable.path().canonical()).isEmpty())
                .map(variable -> variable.path().toString())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The key's value; what no condition gives is a parameter named like its path. */
    static RequestValue value(KeyTemplate template, Bindings bindings) throws NoValueException {
        var pieces = new ArrayList<Piece>();
        for (var part : template.parts()) {
            if (part instanceof Part.Literal literal) {
                pieces.add(new Piece.Text(literal.text()));
            } else if (part instanceof Part.Variable variable) {
                var bound = bindings.equalTo(variable.path().canonical());
                pieces.add(
                        bound.isPresent()
                                ? bindings.piece(bound.get(), bound.get().operand(0), variable.format())
                                : bindings.parameter(variable.path().toString(), variable.path(), variable.format()));
            }
        }
        return new RequestValue(StorageType.of(template.attribute().type()), pieces);
    }
}
