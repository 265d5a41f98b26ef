package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Index.Method;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** An index that its access method can't be. See {@code pg_indexam_has_property} in the manual. */
public final class UnfitIndexMethod extends RelationalRule {

    /** What not every method can do. */
    private enum Ability {
        UNIQUE("be unique", "remove `unique: true`", EnumSet.of(Method.BTREE)),
        SORTED("be sorted by a direction", "remove `desc` and `nulls ...`", EnumSet.of(Method.BTREE)),
        CARRYING("carry other attributes", "remove `include`", EnumSet.of(Method.BTREE, Method.GIST, Method.SPGIST)),
        OF_SEVERAL(
                "have several columns",
                "make an index for each",
                EnumSet.of(Method.BTREE, Method.GIN, Method.GIST, Method.BRIN)),
        EXCLUDING(
                "hold an exclusion constraint",
                "remove `using`",
                EnumSet.of(Method.BTREE, Method.HASH, Method.GIST, Method.SPGIST));

        private final String words;
        private final String cure;

        @SuppressWarnings("ImmutableEnumChecker") // nobody changes it: it never leaves this class
        private final Set<Method> methods;

        Ability(String words, String cure, Set<Method> methods) {
            this.words = words;
            this.cure = cure;
            this.methods = methods;
        }

        boolean lacks(Method method) {
            return !methods.contains(method);
        }
    }

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        var found = new ArrayList<Finding>();
        for (var index : entity.indexes().values()) {
            var judged = new Judged(entity, "index `" + index.name() + "`", index.method(), found);
            judged.needs(Ability.UNIQUE, index.unique(), index.name().at());
            judged.parts(index.on(), index.include());
        }
        for (var exclusion : entity.relational().exclusions().values()) {
            var judged =
                    new Judged(entity, "exclusion constraint `" + exclusion.name() + "`", exclusion.method(), found);
            judged.needs(Ability.EXCLUDING, true, exclusion.name().at());
            judged.parts(
                    exclusion.elements().stream().map(Exclusion.Element::part).toList(), exclusion.include());
        }
        return found.stream();
    }

    /** An index, or the one of an exclusion constraint. */
    private final class Judged {

        private final Entity entity;
        private final String what;
        private final Method method;
        private final List<Finding> found;

        Judged(Entity entity, String what, Method method, List<Finding> found) {
            this.entity = entity;
            this.what = what;
            this.method = method;
            this.found = found;
        }

        void parts(List<Index.Part> parts, List<Located<String>> include) {
            parts.stream()
                    .skip(1)
                    .findFirst()
                    .ifPresent(second ->
                            needs(Ability.OF_SEVERAL, true, second.text().at()));
            include.stream().findFirst().ifPresent(first -> needs(Ability.CARRYING, true, first.at()));
            parts.stream()
                    .filter(part -> part.descending() || part.nullsFirst().isPresent())
                    .findFirst()
                    .ifPresent(part -> needs(Ability.SORTED, true, part.text().at()));
        }

        void needs(Ability ability, boolean needed, Location at) {
            if (needed && ability.lacks(method)) {
                var able = ability.methods.stream().map(Method::word).toList();
                found.add(finding(at, entity.name().value(), what + " by " + method.word() + " can't " + ability.words)
                        .withHelp(ability.cure + ", or write `using: " + String.join("` or `", able) + "`"));
            }
        }
    }
}
