package dev.schemaproof.yaml;

import dev.schemaproof.model.Grant;
import dev.schemaproof.model.Grant.Permission;
import dev.schemaproof.model.Grant.Privilege;
import dev.schemaproof.model.Located;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a role may do with a table: {@code app: [select, insert, "update(status, note)"]}. */
final class GrantShape implements Shape<Grant> {

    private static final Pattern PERMISSION = Pattern.compile("\\s*([^\\s()]+)\\s*(?:\\(([^()]*)\\))?\\s*");
    private static final Pattern NAME = Pattern.compile("[^\\s,]+");

    private static final Shape<Permission> PERMISSION_OF =
            Scalars.of("a privilege", Scalars.any(), GrantShape::permission);

    static final Shape<List<Grant>> GRANTS =
            Shapes.map(Shapes.named("privileges", new GrantShape()), grants -> List.copyOf(grants.values()));

    private final Shape<List<Permission>> permissions = Shapes.oneOrMore(PERMISSION_OF);

    @Override
    public Optional<Grant> read(Spot spot, Reading reading) {
        return permissions.read(spot, reading).map(list -> new Grant(spot.name(), list));
    }

    private static Optional<Permission> permission(Node.Scalar scalar, Reading reading) {
        var source = scalar.source();
        var match = PERMISSION.matcher(source.value());
        if (!match.matches()) {
            reading.report(
                    Flaw.MALFORMED_VALUE,
                    scalar.at(),
                    "`" + scalar.value().strip() + "` is no privilege",
                    "write `select`, or with attributes in quotes: `\"update(status, note)\"`");
            return Optional.empty();
        }
        var at = source.locate(match.start(1), match.end(1));
        var privilege = Arrays.stream(Privilege.values())
                .filter(value -> value.word().equals(match.group(1)))
                .findFirst();
        if (privilege.isEmpty()) {
            reading.reportUnknown(
                    Flaw.UNKNOWN_VALUE,
                    at,
                    "`" + match.group(1) + "` is no privilege",
                    match.group(1),
                    Arrays.stream(Privilege.values()).map(Privilege::word).toList());
            return Optional.empty();
        }
        var attributes = new ArrayList<Located<String>>();
        if (match.group(2) != null) {
            var names = NAME.matcher(source.value()).region(match.start(2), match.end(2));
            while (names.find()) {
                attributes.add(new Located<>(names.group(), source.locate(names.start(), names.end())));
            }
            if (attributes.isEmpty() || !privilege.get().ofColumns()) {
                reading.report(
                        Flaw.MALFORMED_VALUE,
                        scalar.at(),
                        attributes.isEmpty()
                                ? "no attributes stand between the parentheses"
                                : "`" + privilege.get().word() + "` is a privilege on whole tables",
                        "write `" + privilege.get().word() + "`");
                return Optional.empty();
            }
        }
        return Optional.of(new Permission(new Located<>(privilege.get(), at), attributes));
    }

    @Override
    public Map<String, Object> schema(Definitions definitions) {
        return permissions.schema(definitions);
    }
}
