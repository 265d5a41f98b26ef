package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A role that is a member of itself, directly or through others. */
public final class CircularMembership implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().relationalStores().flatMap(this::check);
    }

    private Stream<Finding> check(RelationalStore store) {
        var told = new HashSet<Set<String>>();
        return store.roles().values().stream()
                .flatMap(role -> role.memberOf().stream()
                        .filter(group ->
                                reaches(store, group.value(), role.name().value()))
                        .limit(1)
                        .filter(group -> told.add(circle(store, role.name().value())))
                        .map(group -> finding(
                                        group.at(),
                                        role.name().value(),
                                        "role `" + role.name() + "` is a member of `" + group
                                                + "`, which in the end is a member of `" + role.name() + "`")
                                .withHelp("remove one of the memberships: `" + group + "` from `memberOf` of `"
                                        + role.name() + "`")));
    }

    /** All roles that reach each other. */
    private static Set<String> circle(RelationalStore store, String role) {
        var circle = new LinkedHashSet<String>();
        for (var other : store.roles().keySet()) {
            if (reaches(store, role, other) && reaches(store, other, role)) {
                circle.add(other);
            }
        }
        circle.add(role);
        return circle;
    }

    private static boolean reaches(RelationalStore store, String from, String to) {
        var seen = new HashSet<String>();
        var next = new java.util.ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            var role = next.pop();
            if (role.equals(to)) {
                return true;
            }
            if (seen.add(role) && store.roles().containsKey(role)) {
                store.roles().get(role).memberOf().stream().map(Located::value).forEach(next::push);
            }
        }
        return false;
    }
}
