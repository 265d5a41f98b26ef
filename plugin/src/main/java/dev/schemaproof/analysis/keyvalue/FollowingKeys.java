package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.Refusal.RefusedException;
import dev.schemaproof.analysis.keyvalue.Refusal.Stage;
import dev.schemaproof.analysis.keyvalue.Request.Assignment;
import dev.schemaproof.analysis.keyvalue.RequestValue.Piece;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.model.AccessPattern.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Index keys and copies that are made of what an update changes, and have to change too. */
final class FollowingKeys {

    private final ItemDesign item;
    private final Write pattern;
    private final Bindings bindings;
    private final Changes changes;

    FollowingKeys(ItemDesign item, Write pattern, Bindings bindings, Changes changes) {
        this.item = item;
        this.pattern = pattern;
        this.bindings = bindings;
        this.changes = changes;
    }

    /**
     * Adds the new values of index keys.
     *
     * @param changed the entity's attributes that change
     * @param assignments what is set already; gets more
     * @throws RefusedException when a key or a copy can't be made again of what the pattern knows
     */
    void follow(Set<String> changed, Map<String, Assignment> assignments) throws RefusedException, NoValueException {
        for (var template : item.templates()) {
            if (follows(template, changed)) {
                var missing = new LinkedHashSet<String>();
                var pieces = new ArrayList<Piece>();
                for (var part : template.parts()) {
                    piece(part, changed)
                            .ifPresentOrElse(
                                    pieces::add,
                                    () -> missing.add(((KeyTemplate.Part.Variable) part)
                                            .path()
                                            .toString()));
                }
                if (!missing.isEmpty()) {
                    throw stale(
                            "key attribute `" + template.name() + "`, which is `" + template + "`",
                            missing,
                            Optional.of(right(changed, assignments)));
                }
                assignments.putIfAbsent(
                        template.name(),
                        new Assignment(
                                template.name(),
                                new RequestValue(
                                        StorageType.of(template.attribute().type()), pieces),
                                false));
            }
        }
        for (var stored : item.stored().values()) {
            if (stored.copied()
                    && changes.touched(stored.path().canonical(), changed)
                    && !assignments.containsKey(stored.name())) {
                throw stale(
                        "copy of `" + stored.path() + "`", Set.of(stored.path().toString()), Optional.empty());
            }
        }
    }

    private boolean follows(KeyTemplate template, Set<String> changed) {
        return !item.key().names().contains(template.name())
                && template.variables().stream()
                        .anyMatch(variable -> changes.touched(variable.path().canonical(), changed));
    }

    /** A part of an index key after the change, if the pattern knows it. */
    private Optional<Piece> piece(KeyTemplate.Part part, Set<String> changed) throws NoValueException {
        if (part instanceof KeyTemplate.Part.Literal literal) {
            return Optional.of(new Piece.Text(literal.text()));
        }
        var variable = (KeyTemplate.Part.Variable) part;
        var canonical = variable.path().canonical();
        if (canonical.own() && changed.contains(canonical.attribute())) {
            var stored = item.holding(canonical);
            return stored.map(attribute ->
                    new Piece.Parameter(((Piece.Parameter) changes.value(attribute)).name(), notation(variable)));
        }
        var bound = bindings.equalTo(canonical);
        if (bound.isEmpty() || changes.touched(canonical, changed)) {
            return Optional.empty();
        }
        return Optional.of(bindings.piece(bound.get(), bound.get().operand(0), variable.format()));
    }

    private String notation(KeyTemplate.Part.Variable variable) {
        return ((Piece.Parameter) bindings.parameter(variable.path().toString(), variable.path(), variable.format()))
                .format();
    }

    /** The update that would be right: everything that changes, with the parameters that are missing in place. */
    private String right(Set<String> changed, Map<String, Assignment> assignments) throws NoValueException {
        var all = new LinkedHashMap<String, List<Piece>>();
        assignments.forEach(
                (name, assignment) -> all.put(name, assignment.value().pieces()));
        for (var template : item.templates()) {
            if (follows(template, changed)) {
                var pieces = new ArrayList<Piece>();
                for (var part : template.parts()) {
                    var piece = piece(part, changed);
                    pieces.add(piece.isPresent() ? piece.get() : asked((KeyTemplate.Part.Variable) part));
                }
                all.putIfAbsent(template.name(), pieces);
            }
        }
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + " = "
                        + entry.getValue().stream().map(FollowingKeys::shown).collect(Collectors.joining()))
                .collect(Collectors.joining(", ", "SET ", ""));
    }

    private static Piece asked(KeyTemplate.Part.Variable variable) {
        return new Piece.Parameter(variable.path().toString(), variable.format().notation());
    }

    private static String shown(Piece piece) {
        return piece instanceof Piece.Parameter parameter
                ? "${" + parameter.name() + (parameter.format().isEmpty() ? "" : ":" + parameter.format()) + "}"
                : ((Piece.Text) piece).text();
    }

    private RefusedException stale(String what, Set<String> missing, Optional<String> right) {
        var names = "`" + String.join("` and `", missing) + "`";
        return Refusal.exception(
                Stage.KEY,
                Flaw.STALE,
                pattern.name().at(),
                "the update leaves a stale value behind: the " + what + ", can't be made again without " + names,
                "let the pattern know " + names + ": compare it in `where`, or set it too"
                        + right.map(update -> "\nthe request is then `" + update + "`")
                                .orElse(""));
    }
}
