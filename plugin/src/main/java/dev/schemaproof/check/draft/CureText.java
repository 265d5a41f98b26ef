package dev.schemaproof.check.draft;

import dev.schemaproof.analysis.cure.Cure;
import dev.schemaproof.analysis.cure.Home;
import dev.schemaproof.analysis.cure.LooseEnd;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A decomposition in words and as YAML, in the team's own names. */
public final class CureText {

    private final Cure cure;
    private final Model model;
    private final UnaryOperator<String> quote;

    /** For the console: names stand in back quotes. */
    public CureText(Cure cure, Model model) {
        this(cure, model, name -> "`" + name + "`");
    }

    /**
     * For other places.
     *
     * @param quote how names are written there
     */
    public CureText(Cure cure, Model model, UnaryOperator<String> quote) {
        this.cure = cure;
        this.model = model;
        this.quote = quote;
    }

    /** What the repetition leads to, with the number of rows where the model declares enough to tell. */
    public String anomaly() {
        var home = cure.first();
        var table = quoted(cure.before().table());
        var stored = home.moved().stream()
                .filter(name -> cure.before()
                        .attribute(name)
                        .flatMap(Attribute::generated)
                        .isEmpty())
                .toList();
        var said = listed(stored);
        var determinant = listed(home.determinant());
        var one = stored.size() == 1 ? "it" : "one of them";
        return cure.repetition()
                .map(repetition -> "each " + determinant + " stands with its " + said + " in about "
                        + grouped(repetition.rowsPerValue()) + " of the " + grouped(repetition.rows()) + " rows of "
                        + table + ": to change " + one + " is to change them all")
                .orElseGet(() -> "each " + determinant + " stands with its " + said + " in every row of " + table
                        + " that has it: to change " + one + " is to change them all"
                        + (home.determinant().size() == 1
                                ? " (" + quoted("rows") + " and " + quoted("values: {distinct: ...}") + " of "
                                        + determinant + " would tell how many)"
                                : ""));
    }

    /** What to do, as YAML to paste: new entities as a whole, and what others get. */
    public String yaml() {
        var yaml = new EntityYaml(model).begin();
        for (var home : cure.homes()) {
            home.before()
                    .ifPresentOrElse(there -> change(yaml, there, home.entity()), () -> yaml.created(home.entity()));
        }
        change(yaml, cure.before(), cure.after());
        return yaml.toString();
    }

    private static void change(EntityYaml yaml, Entity before, Entity after) {
        if (hasAdditions(before, after)) {
            yaml.changed(before, after);
        }
    }

    /** Whether anything about the entity can be said in YAML, apart from what goes. */
    private static boolean hasAdditions(Entity before, Entity after) {
        return !before.references().values().containsAll(after.references().values())
                || !before.indexes().values().containsAll(after.indexes().values())
                || !before.attributes().values().containsAll(after.attributes().values())
                || !before.keyNames().equals(after.keyNames())
                || !after.uniques().isEmpty() && !before.uniques().equals(after.uniques())
                || !after.dependencies().isEmpty() && !before.dependencies().equals(after.dependencies())
                || !after.independences().isEmpty() && !before.independences().equals(after.independences());
    }

    /** What has to be removed from the entity, in one line. */
    public String removals() {
        var before = cure.before();
        var after = cure.after();
        var removed = new ArrayList<String>();
        add(removed, "attribute", "attributes", gone(before.attributes(), after.attributes()));
        add(removed, "reference", "references", gone(before.references(), after.references()));
        add(removed, "check", "checks", gone(before.checks(), after.checks()));
        add(
                removed,
                "exclusion",
                "exclusions",
                gone(before.relational().exclusions(), after.relational().exclusions()));
        add(removed, "index", "indexes", gone(before.indexes(), after.indexes()));
        whole(removed, "unique", before.uniques(), after.uniques());
        whole(removed, "dependencies", before.dependencies(), after.dependencies());
        whole(removed, "independent", before.independences(), after.independences());
        return "and remove from " + quoted(before.name()) + ": " + String.join("; ", removed);
    }

    private static List<String> gone(Map<String, ?> before, Map<String, ?> after) {
        return before.keySet().stream().filter(name -> !after.containsKey(name)).toList();
    }

    private void add(List<String> removed, String one, String many, List<String> names) {
        if (!names.isEmpty()) {
            removed.add((names.size() == 1 ? one : many) + " "
                    + names.stream().map(quote).collect(Collectors.joining(", ")));
        }
    }

    /** Lists stand in the YAML as they are afterwards, except where nothing is left of them. */
    private void whole(List<String> removed, String key, Collection<?> before, Collection<?> after) {
        if (!before.isEmpty() && after.isEmpty()) {
            removed.add("all of " + quoted(key));
        }
    }

    /** Dependencies that only a trigger could keep, a line each. */
    public List<String> losses() {
        return cure.lost().stream()
                .map(lost ->
                        "nothing can enforce " + quoted(lost) + " any more but a trigger: it spans two tables then")
                .toList();
    }

    /** What is left to decide, a line each. */
    public List<String> looseEnds() {
        return cure.looseEnds().stream().map(this::words).toList();
    }

    private String words(LooseEnd end) {
        var name = quoted(end.name());
        var to = homesOf(end.attributes());
        return switch (end.kind()) {
            case CHECK -> "the check " + name + " spans two tables then; only a trigger could keep it";
            case INDEX -> "the index " + name + " spans two tables then; see whether what is left of it is worth one";
            case UNIQUE -> "the unique key " + name + " spans two tables then; only a trigger could keep it";
            case EXCLUSION ->
                "the exclusion constraint " + name + " spans two tables then; only a trigger could keep it";
            case REFERENCE -> "the reference " + name + " spans two tables then, and can't be kept";
            case DEPENDENCY -> "the dependency " + name + " spans two tables then; look at it again";
            case GENERATED -> "the generated " + name + " can't be stored any more: compute it where it is read";
            case PARTITIONING ->
                name + " is divided by " + listed(end.attributes()) + ": divide it by something that stays";
            case POLICY -> "the policies of " + name + " don't reach " + homes() + ": write some there";
            case GRANT -> "the role " + name + " has rights on " + listed(end.attributes()) + ": grant them on " + to;
            case OPTIONAL_DETERMINANT ->
                "rows without " + listed(end.attributes())
                        + " refer to nothing, and lose what it determines: look at them first";
            case UNREFERRED_ROWS ->
                "rows of " + name + " that nothing refers to need " + listed(end.attributes())
                        + " too: fill it in, or make it optional";
            case INCOMING -> name + " refers to " + listed(end.attributes()) + ": it has to refer to something else";
            case READ -> "in " + name + " read " + reads(end.attributes());
            case READ_ALL -> name + " reads whole rows: it has no " + listed(end.attributes()) + " then";
            case WRITE -> name + " writes " + listed(end.attributes()) + ": that goes to " + to + " then";
            case STATEMENT -> "the SQL of " + name + " uses " + listed(end.attributes()) + ": join " + to;
            case CONTRACT -> "the contract " + name + " uses " + listed(end.attributes()) + ": take it from " + to;
            case ITEM ->
                "the items of " + name + " store " + listed(end.attributes()) + ": as copies of " + to + " then";
        };
    }

    private String reads(List<String> paths) {
        var reads = new ArrayList<String>();
        for (var i = 0; i + 1 < paths.size(); i += 2) {
            reads.add(
                    paths.get(i + 1).isEmpty()
                            ? "no " + quoted(paths.get(i))
                            : quoted(paths.get(i + 1)) + " for " + quoted(paths.get(i)));
        }
        return String.join(", ", reads);
    }

    private String homes() {
        return listed(cure.homes().stream().map(home -> home.entity().name()).toList());
    }

    private String homesOf(List<String> attributes) {
        var homes = attributes.stream()
                .flatMap(name -> cure.homeOf(name).stream())
                .map(Home::entity)
                .map(Entity::name)
                .distinct()
                .toList();
        return homes.isEmpty() ? homes() : listed(homes);
    }

    /** Thousands apart, as numbers of rows are long. */
    static String grouped(long number) {
        return String.valueOf(number).replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
    }

    private String quoted(Object name) {
        return quote.apply(String.valueOf(name));
    }

    /** {@code `a`, `b` and `c`}. */
    private String listed(Collection<?> names) {
        var quoted = names.stream().map(this::quoted).toList();
        return quoted.size() < 2
                ? String.join("", quoted)
                : String.join(", ", quoted.subList(0, quoted.size() - 1)) + " and " + quoted.get(quoted.size() - 1);
    }
}
