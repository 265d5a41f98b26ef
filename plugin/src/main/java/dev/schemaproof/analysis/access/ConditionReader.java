package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Attributed;
import dev.schemaproof.analysis.access.Condition.Basis;
import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Either;
import dev.schemaproof.analysis.access.Condition.Filter;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.Condition.RowRange;
import dev.schemaproof.analysis.access.Scope.Meaning;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlExpression.Literal;
import dev.schemaproof.sql.SqlPrinter;
import dev.schemaproof.sql.SqlQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Says what a SQL condition means for one use of an entity. */
final class ConditionReader {

    private static final Set<String> RANGES = Set.of("<", "<=", ">", ">=");

    private static final Set<String> OPERATORS =
            Set.of("@>", "<@", "&&", "?", "?|", "?&", "@?", "@@", "<<", ">>", "&<", "&>", "-|-", "~=", "<<|", "|>>");

    private static final Set<String> PATTERNS = Set.of("~", "~*", "%", "%>", "<%");

    /** An expression and where its names are known. */
    record Side(SqlExpression expression, Scope scope) {}

    private static final int FIRST_WITH_OR_AS_LIST = 18;

    private final ValueTypes types;
    private final int version;
    private final BiFunction<SqlQuery, Scope, Set<Integer>> outerUses;

    /**
     * @param outerUses the uses outside of a nested query that it refers to
     */
    ConditionReader(StoreTables tables, BiFunction<SqlQuery, Scope, Set<Integer>> outerUses) {
        this.types = new ValueTypes(tables.types());
        this.version = tables.version();
        this.outerUses = outerUses;
    }

    /** The meaning of a condition that {@link Conjuncts} made. */
    Condition read(SqlExpression conjunct, Scope scope, int use) {
        var basis = basis(conjunct, scope, use);
        if (conjunct instanceof SqlExpression.Or or) {
            return either(or, scope, use, basis);
        } else if (conjunct instanceof SqlExpression.Operation operation
                && operation.operands().size() == 2) {
            return operation(operation, scope, use, basis);
        } else if (conjunct instanceof SqlExpression.InValues in && !in.negated()) {
            return in(in, scope, use, basis);
        } else if (conjunct instanceof SqlExpression.NullTest test) {
            var kind = test.negated() ? Kind.NOT_NULL : Kind.NULL;
            return term(new Side(test.operand(), scope), use)
                    .<Condition>map(term -> comparison(term, kind, "is", Set.of(), basis))
                    .orElseGet(() -> perRow(basis));
        } else if (conjunct instanceof SqlExpression.TruthTest test
                && !test.negated()
                && !test.truth().equals("unknown")
                && test.operand() instanceof SqlExpression.Column column) {
            return term(new Side(column, scope), use)
                    .<Condition>map(term -> comparison(term, Kind.EQUAL, "is", Set.of(), basis))
                    .orElseGet(() -> perRow(basis));
        } else if (conjunct instanceof SqlExpression.Like like && !like.negated()) {
            return like(like, scope, use, basis);
        } else if (conjunct instanceof SqlExpression.Call call
                && call.function().equals("starts_with")
                && call.arguments().size() == 2) {
            return prefix(call.arguments().get(0), call.arguments().get(1), scope, use, basis);
        }
        return perRow(basis);
    }

    private static Filter perRow(Basis basis) {
        return new Filter("no index answers it", basis);
    }

    private Condition operation(SqlExpression.Operation operation, Scope scope, int use, Basis basis) {
        var left = operation.operands().get(0);
        var right = operation.operands().get(1);
        var operator = operation.operator();
        if (left instanceof SqlExpression.Row one && right instanceof SqlExpression.Row other) {
            return rows(operator, one, other, scope, use, basis);
        } else if (right instanceof SqlExpression.Quantified quantified) {
            if (quantified.every() || quantified.array().isEmpty()) {
                return perRow(basis);
            }
            var array = new Side(quantified.array().get(), scope);
            var kind = operator.equals("=") ? Kind.ANY_OF : RANGES.contains(operator) ? Kind.RANGE : null;
            var term = term(new Side(left, scope), use);
            var needs = needs(array);
            return kind == null || term.isEmpty() || needs.contains(use) || !Functions.isSteady(array.expression())
                    ? perRow(basis)
                    : comparison(term.get(), kind, kind == Kind.RANGE ? operator + " any" : operator, needs, basis);
        } else if (operator.equals("^@")) {
            return prefix(left, right, scope, use, basis);
        }
        return compare(operator, new Side(left, scope), new Side(right, scope), use, basis);
    }

    /** Two sides, compared; only one of them may read from the use. */
    Condition compare(String operator, Side left, Side right, int use, Basis basis) {
        var straight = compareOneWay(operator, left, right, use, basis);
        return straight.isPresent() || !Conjuncts.isMirrored(operator)
                ? straight.orElseGet(() -> perRow(basis))
                : compareOneWay(Conjuncts.mirrored(operator), right, left, use, basis)
                        .orElseGet(() -> perRow(basis));
    }

    private Optional<Condition> compareOneWay(String operator, Side own, Side value, int use, Basis basis) {
        var kind = kind(operator);
        var term = term(own, use);
        var needs = needs(value);
        if (kind.isEmpty() || term.isEmpty() || needs.contains(use)) {
            return Optional.empty();
        }
        if (operator.equals("@>")
                && value.expression() instanceof Literal literal
                && literal.value().replace(" ", "").matches("\\{\\}|\\[\\]")) {
            return Optional.of(
                    new Comparison(term.get(), Kind.OPERATOR, operator, false, needs, Optional.empty(), basis));
        }
        if (!Functions.isSteady(value.expression())) {
            return Optional.of(new Filter("its other side may change from row to row", basis));
        }
        var type = own(own).filter(found -> !term.get().expression())
                .map(found -> found.attribute().type().value());
        if (type.isPresent() && !types.fits(type.get(), value.expression(), value.scope())) {
            return Optional.of(
                    new Filter("the column is converted to another type to be compared", basis.withoutClaim()));
        }
        var with = own(value)
                .map(other ->
                        new Attributed(other.use(), other.attribute().name().value()));
        // A truth value is tested, not compared, and makes no constant of the column
        var truth = operator.equals("=")
                && value.expression() instanceof Literal literal
                && literal.kind() == Literal.Kind.BOOLEAN;
        return Optional.of(new Comparison(term.get(), kind.get(), truth ? "is" : operator, true, needs, with, basis));
    }

    private static Optional<Kind> kind(String operator) {
        if (operator.equals("=")) {
            return Optional.of(Kind.EQUAL);
        } else if (RANGES.contains(operator)) {
            return Optional.of(Kind.RANGE);
        } else if (PATTERNS.contains(operator)) {
            return Optional.of(Kind.PATTERN);
        }
        return OPERATORS.contains(operator) ? Optional.of(Kind.OPERATOR) : Optional.empty();
    }

    private Condition rows(
            String operator, SqlExpression.Row one, SqlExpression.Row other, Scope scope, int use, Basis basis) {
        var straight = one.values().stream()
                .flatMap(value -> term(new Side(value, scope), use).stream())
                .toList();
        var needs = needs(new Side(other, scope));
        var all = straight.size() == one.values().size()
                && straight.size() == other.values().size()
                && RANGES.contains(operator)
                && !needs.contains(use)
                && Functions.isSteady(other);
        return all ? new RowRange(straight, needs, basis) : perRow(basis);
    }

    private Condition in(SqlExpression.InValues in, Scope scope, int use, Basis basis) {
        var needs = new TreeSet<Integer>();
        in.values().forEach(value -> needs.addAll(needs(new Side(value, scope))));
        if (needs.contains(use) || !in.values().stream().allMatch(Functions::isSteady)) {
            return perRow(basis);
        }
        if (in.operand() instanceof SqlExpression.Row row) {
            // All alternatives have the same form, so that one tells about all
            var arm = row.values().stream()
                    .flatMap(value -> term(new Side(value, scope), use).stream())
                    .<Condition>map(term -> comparison(term, Kind.EQUAL, "=", needs, basis))
                    .toList();
            return arm.isEmpty() ? perRow(basis) : new Either(List.of(arm), basis);
        }
        var own = new Side(in.operand(), scope);
        var type = own(own).map(found -> found.attribute().type().value());
        if (type.isPresent() && !in.values().stream().allMatch(value -> types.fits(type.get(), value, scope))) {
            return new Filter("the column is converted to another type to be compared", basis.withoutClaim());
        }
        return term(own, use)
                .<Condition>map(term -> comparison(term, Kind.ANY_OF, "=", needs, basis))
                .orElseGet(() -> perRow(basis));
    }

    private Condition like(SqlExpression.Like like, Scope scope, int use, Basis basis) {
        var term = term(new Side(like.operand(), scope), use);
        var needs = needs(new Side(like.pattern(), scope));
        if (term.isEmpty() || needs.contains(use) || like.keyword().equals("similar to")) {
            return perRow(basis);
        }
        if (!(like.pattern() instanceof Literal literal)) {
            return new Comparison(term.get(), Kind.PATTERN, like.keyword(), true, needs, Optional.empty(), basis);
        }
        var escape = like.escape()
                .map(given -> given instanceof Literal text ? text.value() : "\\")
                .orElse("\\");
        var pattern = LikePattern.of(literal.value(), escape);
        var exact = like.keyword().equals("like");
        var kind = exact && pattern.whole()
                ? Kind.EQUAL
                : exact && !pattern.prefix().isEmpty() ? Kind.PREFIX : Kind.PATTERN;
        return new Comparison(term.get(), kind, like.keyword(), pattern.selective(), needs, Optional.empty(), basis);
    }

    private Condition prefix(SqlExpression text, SqlExpression prefix, Scope scope, int use, Basis basis) {
        var needs = needs(new Side(prefix, scope));
        var kind = prefix instanceof Literal ? Kind.PREFIX : Kind.PATTERN;
        return term(new Side(text, scope), use)
                .filter(term -> !needs.contains(use))
                .<Condition>map(term -> comparison(term, kind, "^@", needs, basis))
                .orElseGet(() -> perRow(basis));
    }

    private Condition either(SqlExpression.Or or, Scope scope, int use, Basis basis) {
        var arms = new ArrayList<List<Condition>>();
        for (var operand : or.operands()) {
            var arm = Conjuncts.of(operand).stream()
                    .map(conjunct -> read(conjunct, scope, use))
                    .filter(condition -> !(condition instanceof Filter))
                    .toList();
            if (arm.isEmpty() && scope.usesOf(operand).isEmpty()) {
                return new Filter(Filter.ONLY_IF_GIVEN, basis);
            } else if (arm.isEmpty()) {
                return new Filter("one of its alternatives says nothing that an index could answer", basis);
            }
            arms.add(arm);
        }
        var list = version >= FIRST_WITH_OR_AS_LIST && isOfOneType(or, scope)
                ? list(arms, basis)
                : Optional.<Condition>empty();
        if (list.isPresent()) {
            return list.get();
        }
        return isKeyset(arms)
                ? new Filter("alternatives bound no index in the way that a comparison of rows does", basis)
                : new Either(arms, basis);
    }

    /**
     * Whether all alternatives are single comparisons with values of one type: a number is an {@code int}, but a parameter is
     * what the column is.
     */
    private static boolean isOfOneType(SqlExpression.Or or, Scope scope) {
        var numbers = new HashSet<Boolean>();
        for (var operand : or.operands()) {
            var conjuncts = Conjuncts.of(operand);
            if (conjuncts.size() != 1
                    || !(conjuncts.get(0) instanceof SqlExpression.Operation operation)
                    || operation.operands().size() != 2) {
                return false;
            }
            var type = own(new Side(operation.operands().get(0), scope))
                    .map(found -> found.attribute().type().value());
            var fixed = type.equals(Optional.of(new DataType.Scalar(ScalarKind.BIGINT)))
                    || type.equals(Optional.of(new DataType.Scalar(ScalarKind.SMALLINT)));
            numbers.add(fixed
                    && operation.operands().get(1) instanceof Literal literal
                    && literal.kind() == Literal.Kind.NUMBER);
        }
        return numbers.size() == 1;
    }

    /** {@code a = x or a = y} as {@code a in (x, y)}. */
    private static Optional<Condition> list(List<List<Condition>> arms, Basis basis) {
        var terms = new HashSet<Term>();
        var needs = new TreeSet<Integer>();
        for (var arm : arms) {
            if (arm.size() != 1
                    || !(arm.get(0) instanceof Comparison comparison)
                    || comparison.kind() != Kind.EQUAL
                    || !comparison.operator().equals("=")) {
                return Optional.empty();
            }
            terms.add(comparison.term());
            needs.addAll(comparison.needs());
        }
        return terms.size() == 1
                ? Optional.of(comparison(terms.iterator().next(), Kind.ANY_OF, "=", needs, basis))
                : Optional.empty();
    }

    /** {@code a > x or (a = x and b > y)}: what is meant is a place in an order, but it isn't said so. */
    private static boolean isKeyset(List<List<Condition>> arms) {
        var ranges = new HashSet<Term>();
        var equals = new HashSet<Term>();
        for (var arm : arms) {
            for (var condition : arm) {
                if (condition instanceof Comparison comparison) {
                    if (comparison.kind() == Kind.EQUAL && arm.size() > 1) {
                        equals.add(comparison.term());
                    } else if (comparison.kind() == Kind.RANGE && arm.size() == 1) {
                        ranges.add(comparison.term());
                    }
                }
            }
        }
        ranges.retainAll(equals);
        return !ranges.isEmpty();
    }

    private static Comparison comparison(Term term, Kind kind, String operator, Set<Integer> needs, Basis basis) {
        return new Comparison(term, kind, operator, true, needs, Optional.empty(), basis);
    }

    /** The uses that have to be known for the value to be known. */
    Set<Integer> needs(Side value) {
        var needs = new TreeSet<>(value.scope().usesOf(value.expression()));
        value.expression()
                .walk()
                .flatMap(node -> node.query().stream())
                .forEach(query -> needs.addAll(outerUses.apply(query, value.scope())));
        return needs;
    }

    /** The expression as something that an index of the use may be sorted by. */
    Optional<Term> term(Side side, int use) {
        if (side.expression() instanceof SqlExpression.Column column) {
            var meaning = side.scope().meaning(column);
            if (meaning instanceof Meaning.Computed computed) {
                return term(
                        new Side(computed.output().value(), computed.output().scope()), use);
            }
            return meaning instanceof Meaning.Own own && own.use() == use
                    ? Optional.of(Term.attribute(own.attribute().name().value()))
                    : Optional.empty();
        }
        var uses = side.scope().usesOf(side.expression());
        var closed = side.expression()
                .walk()
                .noneMatch(node -> node instanceof SqlExpression.Parameter
                        || node instanceof SqlExpression.Opaque
                        || node instanceof SqlExpression.Row
                        || node.query().isPresent());
        return uses.equals(Set.of(use)) && closed
                ? Optional.of(Term.expression(print(side.expression(), side.scope(), use)))
                : Optional.empty();
    }

    /** The attribute that the expression is, if it is no more than that. */
    static Optional<Meaning.Own> own(Side side) {
        if (side.expression() instanceof SqlExpression.Column column) {
            var meaning = side.scope().meaning(column);
            if (meaning instanceof Meaning.Computed computed) {
                return own(new Side(computed.output().value(), computed.output().scope()));
            }
            return meaning instanceof Meaning.Own own ? Optional.of(own) : Optional.empty();
        }
        return Optional.empty();
    }

    Basis basis(SqlExpression conjunct, Scope scope, int use) {
        var text = print(conjunct, scope, use);
        var own = conjunct.walk()
                        .noneMatch(node -> node instanceof SqlExpression.Opaque
                                || node.query().isPresent())
                && scope.usesOf(conjunct).equals(Set.of(use));
        var claim = own ? new Claims(expression -> print(expression, scope, use)).of(conjunct) : new Claim.Other("");
        return new Basis(text, attributes(conjunct, scope, use), claim, true);
    }

    Set<String> attributes(SqlExpression expression, Scope scope, int use) {
        var found = new TreeSet<String>();
        expression.walk().forEach(node -> {
            if (node instanceof SqlExpression.Column column) {
                var meaning = scope.meaning(column);
                if (meaning instanceof Meaning.Own own && own.use() == use) {
                    found.add(own.attribute().name().value());
                } else if (meaning instanceof Meaning.Computed computed) {
                    found.addAll(attributes(
                            computed.output().value(), computed.output().scope(), use));
                }
            }
        });
        return found;
    }

    private static String print(SqlExpression expression, Scope scope, int use) {
        return SqlPrinter.print(expression, column -> {
            var meaning = scope.meaning(column);
            if (meaning instanceof Meaning.Own own && own.use() == use) {
                return own.attribute().column().value();
            } else if (meaning instanceof Meaning.Computed computed) {
                return print(computed.output().value(), computed.output().scope(), use);
            }
            return SqlPrinter.print(column);
        });
    }
}
