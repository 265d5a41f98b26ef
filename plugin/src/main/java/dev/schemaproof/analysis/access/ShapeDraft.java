package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Attributed;
import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.PatternShape.Blind;
import dev.schemaproof.analysis.access.QueryBlock.Sort;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A {@link PatternShape} in the making. */
final class ShapeDraft {

    /** An {@link EntityUse} in the making. */
    static final class Use {
        final int id;
        final Entity entity;
        final String name;
        final Location at;
        final int block;
        final Set<Condition> conditions = new LinkedHashSet<>();
        final Set<String> returned = new LinkedHashSet<>();
        boolean rows;
        boolean optional;

        private Use(int id, Entity entity, String name, Location at, int block) {
            this.id = id;
            this.entity = entity;
            this.name = name;
            this.at = at;
            this.block = block;
        }

        void returnAll() {
            returned.addAll(entity.attributes().keySet());
        }
    }

    /** A {@link QueryBlock} in the making. */
    static final class Block {
        final int id;
        List<Sort> order = List.of();
        boolean limited;
        boolean streaming = true;
        Set<Integer> around = Set.of();

        private Block(int id) {
            this.id = id;
        }
    }

    /** Each use may have to do with each other one; hardly a statement has more. */
    private static final int MOST_USES = 200;

    private final List<Use> uses = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Blind> blind = new ArrayList<>();
    private final Map<Attributed, Attributed> equal = new LinkedHashMap<>();
    private boolean sound = true;

    Block newBlock() {
        var block = new Block(blocks.size());
        blocks.add(block);
        return block;
    }

    Use newUse(Entity entity, String name, Location at, Block block) {
        var use = new Use(uses.size(), entity, name, at, block.id);
        uses.add(use);
        // Of an entity with flaws it isn't known which ways lead to its rows
        sound &= entity.sound();
        return use;
    }

    /** Whether judging it would take too long. */
    boolean isTooLarge() {
        return uses.size() > MOST_USES;
    }

    Use use(int id) {
        return uses.get(id);
    }

    void blind(Location at, String what) {
        blind.add(new Blind(at, what));
    }

    void unsound() {
        sound = false;
    }

    /** Notes that two attributes are equal in every row of the result. */
    void equate(Attributed one, Attributed other) {
        equal.put(root(one), root(other));
    }

    private Attributed root(Attributed attribute) {
        var root = attribute;
        for (var next = equal.get(root); next != null && !next.equals(root); next = equal.get(root)) {
            root = next;
        }
        equal.putIfAbsent(root, root);
        return root;
    }

    PatternShape finish() {
        follow();
        return new PatternShape(
                uses.stream()
                        .map(use -> new EntityUse(
                                use.id,
                                use.entity,
                                use.name,
                                use.at,
                                use.block,
                                List.copyOf(use.conditions),
                                use.returned,
                                use.rows,
                                use.optional))
                        .toList(),
                blocks.stream()
                        .map(block ->
                                new QueryBlock(block.id, block.order, block.limited, block.streaming, block.around))
                        .toList(),
                blind,
                sound);
    }

    /** What follows from equalities: where a = b and b = c, also a = c; where b = 5, also a = 5. */
    private void follow() {
        var classes = new HashMap<Attributed, List<Attributed>>();
        for (var attribute : List.copyOf(equal.keySet())) {
            classes.computeIfAbsent(root(attribute), root -> new ArrayList<>()).add(attribute);
        }
        for (var members : classes.values()) {
            var constant = members.stream()
                    .flatMap(member -> constant(member).stream())
                    .findFirst();
            for (var member : members) {
                constant.ifPresent(known -> add(member, known, Optional.empty()));
                for (var other : members) {
                    if (other.use() != member.use()) {
                        add(member, Set.of(other.use()), Optional.of(other));
                    }
                }
            }
        }
    }

    /** The uses that have to be known for the one value that the attribute is compared with, if it is no join. */
    private Optional<Set<Integer>> constant(Attributed attribute) {
        return uses.get(attribute.use()).conditions.stream()
                .filter(Comparison.class::isInstance)
                .map(Comparison.class::cast)
                .filter(comparison -> comparison.kind() == Kind.EQUAL
                        && comparison.needs().isEmpty()
                        && comparison.term().equals(Term.attribute(attribute.attribute())))
                .map(Comparison::needs)
                .findFirst();
    }

    private void add(Attributed attribute, Set<Integer> needs, Optional<Attributed> with) {
        var use = uses.get(attribute.use());
        var term = Term.attribute(attribute.attribute());
        var known = use.conditions.stream()
                .anyMatch(condition -> condition instanceof Comparison comparison
                        && comparison.kind() == Kind.EQUAL
                        && comparison.term().equals(term)
                        && comparison.needs().equals(needs));
        if (!known) {
            var text = term.text() + " = "
                    + with.map(other -> uses.get(other.use()).name + "." + other.attribute())
                            .orElse("a constant");
            var basis = new Condition.Basis(text, Set.of(attribute.attribute()), new Claim.Other(""), false);
            use.conditions.add(new Comparison(term, Kind.EQUAL, "=", true, needs, with, basis));
        }
    }
}
