package dev.schemaproof.analysis.type;

import dev.schemaproof.analysis.type.TypeFlaw.Kind;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.dialect.postgresql.CatalogFacts.Routine;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.sql.Span;
import dev.schemaproof.sql.SqlExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Infers what function calls give. */
final class CallTyping {

    /** What looks like a call without brackets; it depends on the moment or the session. */
    private static final Map<String, String> MOMENTS = Map.ofEntries(
            Map.entry("current_date", "date"),
            Map.entry("current_time", "timetz"),
            Map.entry("current_timestamp", "timestamptz"),
            Map.entry("localtime", "time"),
            Map.entry("localtimestamp", "timestamp"),
            Map.entry("current_user", "name"),
            Map.entry("session_user", "name"),
            Map.entry("user", "name"),
            Map.entry("current_role", "name"),
            Map.entry("current_catalog", "name"),
            Map.entry("current_schema", "name"),
            Map.entry("system_user", "text"));

    /** Syntax that looks like a call and has rules of its own. */
    private static final Set<String> SYNTAX = Set.of(
            "row",
            "array",
            "any",
            "some",
            "all",
            "exists",
            "cast",
            "position",
            "substring",
            "overlay",
            "trim",
            "normalize",
            "treat",
            "collation",
            "grouping",
            "merge_action",
            "interval",
            "extract",
            "values",
            "xmlconcat",
            "xmlelement",
            "xmlexists",
            "xmlforest",
            "xmlparse",
            "xmlpi",
            "xmlroot",
            "xmlserialize",
            "xmltable",
            "xmlnamespaces",
            "xmlattributes",
            "json",
            "json_array",
            "json_arrayagg",
            "json_exists",
            "json_object",
            "json_objectagg",
            "json_query",
            "json_scalar",
            "json_serialize",
            "json_table",
            "json_value",
            "convert",
            "if",
            "date",
            "time",
            "timestamp");

    /** Aggregates whose last argument stands behind WITHIN GROUP. */
    private static final Set<String> ORDERED_SETS = Set.of("mode", "percentile_cont", "percentile_disc");

    private static final PostgresDialect DIALECT = new PostgresDialect();

    private final TypeSystem types;
    private final Typing typing;

    CallTyping(TypeSystem types, Typing typing) {
        this.types = types;
        this.typing = typing;
    }

    Typed call(SqlExpression.Call call) {
        var name = call.function().startsWith("pg_catalog.")
                ? call.function().substring("pg_catalog.".length())
                : call.function();
        call.modifiers().forEach(typing::type);
        var arguments = call.arguments().stream().map(typing::type).toList();
        var moment = MOMENTS.get(name);
        if (moment != null && arguments.isEmpty()) {
            return Typed.of(Optional.of(SqlType.builtIn(moment)), Volatility.MUTABLE)
                    .causedAt(call.span());
        }
        return switch (name) {
            case "coalesce", "greatest", "least" -> {
                var first = Typing.all(Typed.of(typing.common(arguments), Volatility.IMMUTABLE), arguments);
                yield call.arguments().stream().anyMatch(SqlExpression.Literal.class::isInstance)
                        ? first.folded()
                        : first;
            }
            case "nullif" ->
                Typing.all(
                        Typed.of(
                                arguments.isEmpty()
                                        ? Optional.empty()
                                        : arguments.get(0).type().filter(type -> !type.isUnknown()),
                                Volatility.UNKNOWN),
                        arguments);
            default -> named(call, name, arguments);
        };
    }

    private Typed named(SqlExpression.Call call, String name, List<Typed> arguments) {
        if (SYNTAX.contains(name) || name.indexOf('.') >= 0) {
            return Typing.all(Typed.NOTHING, arguments);
        }
        var routines = types.reachable().routines(name);
        if (routines.isEmpty()) {
            unknown(call, name);
            return Typing.all(Typed.NOTHING, arguments);
        }
        var special = call.arguments().stream().anyMatch(CallTyping::isSpecial);
        if (special || !isFunction(call, routines) && !isAggregate(name, routines)) {
            return Typing.all(Typed.of(result(routines), volatility(routines)), arguments)
                    .causedAt(call.span());
        }
        return resolved(name, call.arguments(), arguments, call.span());
    }

    private static boolean isFunction(SqlExpression.Call call, List<Routine> routines) {
        return !call.windowed() && routines.stream().allMatch(routine -> routine.kind() == 'f');
    }

    /** Whether it is an aggregate all of whose arguments stand in its brackets; with OVER it has the same type. */
    private static boolean isAggregate(String name, List<Routine> routines) {
        return !ORDERED_SETS.contains(name) && routines.stream().allMatch(routine -> routine.kind() == 'a');
    }

    private static boolean isSpecial(SqlExpression argument) {
        return argument instanceof SqlExpression.Star
                || argument instanceof SqlExpression.Form form && form.form().endsWith("=>");
    }

    /** A call of a function that syntax stands for. */
    Typed resolved(String name, List<Typed> arguments, Span span) {
        return resolved(name, List.of(), arguments, span);
    }

    private Typed resolved(String name, List<SqlExpression> expressions, List<Typed> arguments, Span span) {
        var routines = types.reachable().routines(name);
        var known =
                arguments.stream().flatMap(argument -> argument.type().stream()).toList();
        var candidates = routines.stream()
                .flatMap(routine -> overload(routine, arguments.size()).stream())
                .toList();
        if (known.size() < arguments.size()) {
            if (candidates.isEmpty()) {
                unfit(name, expressions, arguments, span);
            }
            return Typing.all(Typed.of(result(routines), volatility(routines)), arguments)
                    .causedAt(span);
        }
        if (arguments.size() == 1 && types.catalog().type(name).isPresent()) {
            // Such a call may be a cast
            return Typing.all(Typed.of(types.written(name), volatility(routines)), arguments)
                    .causedAt(span);
        }
        var overloads = new Overloads<>(types, known, candidates);
        if (overloads.isNone()) {
            unfit(name, expressions, arguments, span);
            return Typing.all(Typed.NOTHING, arguments);
        }
        var chosen = overloads.chosen();
        if (chosen.isEmpty()) {
            return Typing.all(Typed.of(result(routines), volatility(routines)), arguments)
                    .causedAt(span);
        }
        var fit = new Polymorphism(types, chosen.get().arguments(), known);
        for (var i = 0; i < expressions.size(); i++) {
            if (known.get(i).isUnknown()) {
                var expression = expressions.get(i);
                fit.resolved(chosen.get().arguments().get(i)).ifPresent(type -> typing.literal(expression, type));
            }
        }
        var result = chosen.get().fact().set()
                ? Optional.<SqlType>empty()
                : fit.resolved(chosen.get().result());
        var volatility = Volatility.of(chosen.get().volatility()).and(typing.coercions(known, chosen.get()));
        var typed = Typing.all(Typed.of(result, volatility), arguments).causedAt(span);
        return expressions.stream().anyMatch(Typing::isNull) && !asksForNull(name) ? typed.folded() : typed;
    }

    /** Whether it gives something where an argument is nothing: without its end a range is open. */
    private boolean asksForNull(String function) {
        return types.isForm(SqlType.builtIn(function), 'r');
    }

    private static Optional<Overload<Routine>> overload(Routine routine, int count) {
        var declared = routine.arguments();
        if (routine.variadic()) {
            var fixed = declared.subList(0, declared.size() - 1);
            if (count <= fixed.size()) {
                return count < fixed.size() - routine.defaults()
                        ? Optional.empty()
                        : Optional.of(overload(routine, declared.subList(0, count)));
            }
            var last = declared.get(declared.size() - 1);
            var each = last.equals("any")
                    ? "any"
                    : last.equals("anyarray")
                            ? "anyelement"
                            : last.equals("anycompatiblearray")
                                    ? "anycompatible"
                                    : last.substring(0, last.length() - 2);
            var all = new ArrayList<>(fixed);
            while (all.size() < count) {
                all.add(each);
            }
            return Optional.of(overload(routine, all));
        }
        return count > declared.size() || count < declared.size() - routine.defaults()
                ? Optional.empty()
                : Optional.of(overload(routine, declared.subList(0, count)));
    }

    private static Overload<Routine> overload(Routine routine, List<String> arguments) {
        return new Overload<>(arguments, routine.result(), routine.volatility(), routine);
    }

    /** What all functions of a name give. */
    private Optional<SqlType> result(List<Routine> routines) {
        var results = routines.stream().map(Routine::result).distinct().toList();
        return results.size() == 1 && routines.stream().noneMatch(Routine::set)
                ? new Polymorphism(types, List.of(), List.of()).resolved(results.get(0))
                : Optional.empty();
    }

    private static Volatility volatility(List<Routine> routines) {
        var all = routines.stream()
                .map(routine -> Volatility.of(routine.volatility()))
                .distinct()
                .toList();
        return all.size() == 1 ? all.get(0) : Volatility.UNKNOWN;
    }

    private void unfit(String name, List<SqlExpression> expressions, List<Typed> arguments, Span span) {
        // The trees don't show the word VARIADIC
        if (types.isOpen() || types.reachable().routines(name).stream().anyMatch(Routine::variadic)) {
            return;
        }
        var given = arguments.stream()
                .map(argument -> argument.type()
                        .map(type -> type.isUnknown() ? "text" : type.toString())
                        .orElse("..."))
                .toList();
        var wanted = types.reachable().routines(name).stream()
                .map(routine -> "`" + name + "("
                        + String.join(
                                ", ",
                                routine.arguments().stream()
                                        .map(type -> SqlType.builtIn(type).toString())
                                        .toList())
                        + ")`")
                .distinct()
                .limit(4)
                .toList();
        typing.flaw(
                TypeFlaw.of(
                        Kind.INCOMPATIBLE_TYPES,
                        span,
                        "there is no function `" + name + "(" + String.join(", ", given) + ")`",
                        "there is " + String.join(", ", wanted) + "; cast the arguments to fit"),
                expressions);
    }

    private void unknown(SqlExpression.Call call, String name) {
        // The name of a type is a cast; what the model's own types are called is one too
        if (types.isOpen() || types.catalog().type(name).isPresent() || types.isOwn(name)) {
            return;
        }
        var elsewhere = CatalogFacts.all().routines(name).stream()
                .flatMap(routine -> routine.origin().extension().stream())
                .findFirst();
        var hidden = elsewhere.flatMap(types::hiddenIn);
        if (hidden.isPresent()) {
            typing.flaw(TypeFlaw.of(
                    Kind.UNKNOWN_FUNCTION,
                    call.span(),
                    "the function `" + name + "` stands in the SQL schema `" + hidden.get()
                            + "`, which is not on the search path",
                    "write `" + DIALECT.identifier(hidden.get()) + "." + name + "(...)`"));
            return;
        }
        if (elsewhere.isPresent()) {
            typing.flaw(new TypeFlaw(
                    Kind.MISSING_EXTENSION,
                    call.span(),
                    "the function `" + name + "` belongs to the extension `" + elsewhere.get() + "`",
                    "name it in the store",
                    elsewhere,
                    Optional.empty()));
            return;
        }
        var help = NearestName.of(name, types.catalog().routineNames())
                .map(nearest -> "did you mean `" + nearest + "`?")
                .orElse("if an extension brings it, name the extension in the store's `extensions`");
        typing.flaw(TypeFlaw.of(Kind.UNKNOWN_FUNCTION, call.span(), "there is no function `" + name + "`", help));
    }
}
