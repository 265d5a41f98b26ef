package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.analysis.keyvalue.Refusal.RefusedException;
import dev.schemaproof.analysis.keyvalue.Refusal.Stage;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.model.AccessPattern.Include;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the items that a joined read wants in one item collection: those whose partition key is made of the same values. */
final class MemberFinder {

    private final Paths paths;
    private final List<ItemDesign> neighbours;
    private final Read pattern;
    private final Optional<String> index;
    private final Member leader;

    /**
     * @param neighbours the other items of the table
     * @param index the index to read, or nothing for the table
     * @param leader the items that the pattern is about
     */
    MemberFinder(Paths paths, List<ItemDesign> neighbours, Read pattern, Optional<String> index, Member leader) {
        this.paths = paths;
        this.neighbours = List.copyOf(neighbours);
        this.pattern = pattern;
        this.index = index;
        this.leader = leader;
    }

    /** All of them, the one that the pattern is about first. */
    List<Member> members() throws RefusedException {
        var members = new ArrayList<>(List.of(leader));
        var apart = new LinkedHashMap<Include, String>();
        var help = new ArrayList<String>();
        for (var include : pattern.include()) {
            var found = neighbours.stream()
                    .filter(other -> other.name().equals(include.entity().value()))
                    .findFirst();
            var own = found.flatMap(this::key);
            if (own.isEmpty() || !shared(found.get(), include, own.get())) {
                apart.put(
                        include,
                        own.map(other -> "`" + leader.key().partition().name() + "` is `"
                                        + leader.key().partition() + "` for `" + leader.name() + "` and `"
                                        + other.partition() + "` for `" + include.entity() + "`")
                                .orElseGet(() -> place() + " holds no `" + include.entity() + "`"));
                found.ifPresent(item -> help.add(proposal(item, include)));
                continue;
            }
            var member = Member.including(paths, leader, include, found.get(), own.get());
            requirePresence(member, include);
            members.add(member);
        }
        if (!apart.isEmpty()) {
            throw scattered(apart, help);
        }
        return members;
    }

    private String place() {
        return index.map(name -> "index `" + name + "`")
                .orElseGet(() -> "table `" + leader.item().table().name() + "`");
    }

    private Optional<KeyPair> key(ItemDesign other) {
        return index.map(name -> Optional.ofNullable(other.indexes().get(name))).orElse(Optional.of(other.key()));
    }

    private RefusedException scattered(Map<Include, String> apart, List<String> help) {
        var others = apart.keySet().stream()
                .map(include -> "`" + include.entity() + "`")
                .collect(Collectors.joining(" and "));
        return Refusal.exception(
                Stage.COLLECTION,
                Flaw.SCATTERED,
                apart.keySet().iterator().next().entity().at(),
                "`" + leader.name() + "` and " + others + " share no item collection: "
                        + String.join("; ", apart.values()),
                help.isEmpty()
                        ? "keep them in one table, under one partition key, or read them by patterns of their own"
                        : String.join("\n", help) + "\nor read them by patterns of their own");
    }

    private Reference reference(ItemDesign other, Include include) {
        return other.entity().reference(include.by().value()).orElseThrow();
    }

    /** Whether a row that refers to another has that one's partition key. */
    private boolean shared(ItemDesign other, Include include, KeyPair own) {
        var mine = leader.key().partition().parts();
        var theirs = own.partition().parts();
        if (mine.size() != theirs.size()) {
            return false;
        }
        for (var i = 0; i < mine.size(); i++) {
            if (!alike(mine.get(i), theirs.get(i), other, include)) {
                return false;
            }
        }
        return true;
    }

    private boolean alike(Part mine, Part theirs, ItemDesign other, Include include) {
        if (mine instanceof Part.Variable variable && theirs instanceof Part.Variable own) {
            return variable.format().equals(own.format())
                    && through(other, include, variable).contains(own.path().canonical());
        }
        return mine instanceof Part.Literal literal
                && theirs instanceof Part.Literal own
                && literal.text().equals(own.text());
    }

    private List<AttributePath> through(ItemDesign other, Include include, Part.Variable variable) {
        return List.copyOf(Member.throughRole(
                paths, other.entity(), reference(other, include), leader.item().entity(), variable.path()));
    }

    /** The key that would bring the items of the other entity in. */
    private String proposal(ItemDesign other, Include include) {
        var partition = new StringBuilder();
        for (var part : leader.key().partition().parts()) {
            if (part instanceof Part.Variable variable) {
                var format = variable.format().notation();
                partition
                        .append('{')
                        .append(through(other, include, variable).get(0))
                        .append(format.isEmpty() ? "" : ":" + format)
                        .append('}');
            } else {
                partition.append(((Part.Literal) part).text().replace("{", "{{").replace("}", "}}"));
            }
        }
        var sort = other.name().toUpperCase(Locale.ROOT) + "#"
                + other.entity().keyNames().stream()
                        .map(name -> "{" + name + "}")
                        .collect(Collectors.joining("#"));
        return "write at the item `" + other.name() + "`: `" + index.orElse("key") + ": {"
                + leader.key().partition().name() + ": \"" + partition + "\""
                + leader.key()
                        .sort()
                        .map(mine -> ", " + mine.name() + ": \"" + sort + "\"")
                        .orElse("")
                + "}`" + (index.isEmpty() ? ", or such a key in an index in which `" + leader.name() + "` is too" : "");
    }

    /** A row without an ingredient is not in the index; but what refers to nothing isn't wanted. */
    private void requirePresence(Member member, Include include) throws RefusedException {
        var role = reference(member.item(), include);
        for (var template : member.key().templates()) {
            for (var variable : template.variables()) {
                var path = variable.path().canonical();
                var certain = !variable.path().optional()
                        || member.equal().containsKey(path)
                        || path.own() && role.names().contains(path.attribute())
                        || ofLeader(role, path);
                if (!certain) {
                    throw Refusal.exception(
                            Stage.ABSENT_ROWS,
                            Flaw.SCATTERED,
                            include.entity().at(),
                            (index.isEmpty() ? "the table's key" : place()) + " leaves out the rows of `"
                                    + member.name() + "` without `" + variable.path() + "`",
                            "make the key of `" + member.name() + "` of attributes that are always there");
                }
            }
        }
    }

    /** Whether the path leads through the role to a value that is always there. */
    private boolean ofLeader(Reference role, AttributePath path) {
        if (path.own() || !path.roles().get(0).equals(role.role().value())) {
            return false;
        }
        var behind = new AttributePath(path.roles().subList(1, path.roles().size()), path.attribute());
        return paths.find(leader.item().entity(), behind.toString())
                .filter(found -> !found.optional())
                .isPresent();
    }
}
