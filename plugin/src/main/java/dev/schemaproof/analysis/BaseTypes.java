package dev.schemaproof.analysis;

import dev.schemaproof.model.DataType;
import dev.schemaproof.model.DataType.Unreadable;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.TypeDefinition;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Types with their domains resolved: a domain over text is compared as text. */
public final class BaseTypes {

    /** Arrays within arrays, by way of domains, that are followed: far more than anybody needs, and no stack full. */
    private static final int DEEPEST = 100;

    /** Text without a limit under its longer name, which the language has no word for. */
    private static final Pattern UNBOUNDED = Pattern.compile("(?i)\\s*(character\\s+varying|varchar)\\s*");

    private final Model model;
    private final OwnTypes own;

    public BaseTypes(Model model) {
        this.model = model;
        own = new OwnTypes(model);
    }

    /** The types that are resolved: those of the model. */
    public OwnTypes own() {
        return own;
    }

    /** The type itself, or what its domain is based on; unreadable if a name is unknown or a domain stands on itself. */
    public DataType of(DataType type) {
        // Most types are built-in ones
        return type instanceof DataType.Named || type instanceof DataType.Array || type instanceof DataType.Native
                ? of(type, new HashSet<>(), 0)
                : type;
    }

    private DataType of(DataType type, Set<String> seen, int depth) {
        var base = own.named(type);
        while (base instanceof DataType.Named named) {
            var definition = model.types().get(named.name());
            if (definition == null || !seen.add(named.name())) {
                return new Unreadable();
            }
            if (!(definition instanceof TypeDefinition.Domain domain)) {
                return base;
            }
            base = own.named(domain.base().value());
        }
        if (base instanceof DataType.Array array) {
            return new DataType.Array(depth < DEEPEST ? of(array.element(), seen, depth + 1) : new Unreadable());
        }
        return base;
    }

    /** Whether the two are known to be the same. */
    public boolean same(DataType one, DataType other) {
        var base = of(one);
        return readable(base) && base.equals(of(other));
    }

    /** Whether the two are known to differ. */
    public boolean differ(DataType one, DataType other) {
        var base = of(one);
        var otherBase = of(other);
        return readable(base) && readable(otherBase) && !base.equals(otherBase);
    }

    /** Whether it holds text. */
    public boolean isText(DataType type) {
        var base = of(type);
        return base instanceof DataType.Varying
                || base instanceof DataType.Fixed
                || base.equals(new DataType.Scalar(ScalarKind.TEXT))
                || base instanceof DataType.Native verbatim
                        && UNBOUNDED.matcher(verbatim.text()).matches();
    }

    /** Whether it holds whole numbers. */
    public boolean isInteger(DataType type) {
        var base = of(type);
        return base instanceof DataType.Decimal decimal
                ? decimal.scale() == 0
                : isOneOf(base, ScalarKind.SMALLINT, ScalarKind.INT, ScalarKind.BIGINT);
    }

    /** Whether it holds numbers. */
    public boolean isNumber(DataType type) {
        var base = of(type);
        return isInteger(type)
                || base instanceof DataType.Decimal
                || isOneOf(base, ScalarKind.FLOAT, ScalarKind.DOUBLE);
    }

    private static boolean isOneOf(DataType type, ScalarKind... kinds) {
        return type instanceof DataType.Scalar scalar && Set.of(kinds).contains(scalar.kind());
    }

    private static boolean readable(DataType type) {
        return !(type instanceof Unreadable) && !(type instanceof DataType.Array array && !readable(array.element()));
    }
}
