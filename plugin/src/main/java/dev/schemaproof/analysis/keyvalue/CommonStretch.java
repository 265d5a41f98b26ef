package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.Bound;
import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.analysis.keyvalue.RequestValue.Piece;
import dev.schemaproof.analysis.keyvalue.Term.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The stretch of a partition in which the items of several entities lie: their sort keys begin alike as far as the conditions say, and go
 * on with words of their own.
 */
final class CommonStretch {

    /** Texts as DynamoDB sorts them. */
    static final Comparator<String> BY_CODE_POINTS = (left, right) ->
            Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());

    private final List<Member> members;
    private final Bindings bindings;
    /** How many parts of the templates are the same, and what the next literals begin with alike. */
    private final int parts;

    private final String partial;

    private CommonStretch(List<Member> members, Bindings bindings) {
        this.members = List.copyOf(members);
        this.bindings = bindings;
        this.parts = commonParts();
        this.partial = commonLiteral();
    }

    /** @param members the first is the one that the pattern is about */
    static CommonStretch of(List<Member> members, Bindings bindings) {
        return new CommonStretch(members, bindings);
    }

    /**
     * A condition on the sort key under which all of the members' items are read.
     *
     * @param term the condition; nothing for the whole partition
     * @param tail what may follow the common beginning
     * @param bare whether the common beginning alone is read too
     */
    record Condition(Optional<Term> term, Shape tail, boolean bare) {}

    /**
     * How the sort keys of a member go on behind the common beginning.
     *
     * @param literal the text that all of them have there
     * @param ended whether nothing follows
     * @param next the first part that isn't in the literal
     */
    record Rest(String literal, boolean ended, int next) {}

    private int commonParts() {
        var at = 0;
        while (common(at)) {
            at++;
        }
        return at;
    }

    private boolean common(int at) {
        var first = members.get(0).sortParts();
        return members.stream().allMatch(member -> {
            var own = member.sortParts();
            return at < own.size() && at < first.size() && alike(member, own.get(at), first.get(at));
        });
    }

    private boolean alike(Member member, Part part, Part first) {
        if (part instanceof Part.Literal literal) {
            return first instanceof Part.Literal other && literal.text().equals(other.text());
        }
        var known = member.known(part);
        return known.isPresent()
                && known.equals(members.get(0).known(first))
                && ((Part.Variable) part).format().equals(((Part.Variable) first).format());
    }

    private String commonLiteral() {
        var common = literal(members.get(0));
        for (var member : members) {
            var own = literal(member);
            var same = 0;
            while (same < Math.min(common.length(), own.length()) && common.charAt(same) == own.charAt(same)) {
                same++;
            }
            // No half of a character
            same -= same > 0 && Character.isHighSurrogate(common.charAt(same - 1)) ? 1 : 0;
            common = common.substring(0, same);
        }
        return common;
    }

    private String literal(Member member) {
        var own = member.sortParts();
        return parts < own.size() && own.get(parts) instanceof Part.Literal literal ? literal.text() : "";
    }

    Rest rest(Member member) {
        var literal = literal(member);
        var next = literal.isEmpty() ? parts : parts + 1;
        var sorted = !member.sortParts().isEmpty();
        return new Rest(
                literal.substring(partial.length()),
                sorted && next == member.sortParts().size(),
                next);
    }

    /** The conditions that read all members' items, the widest first. */
    List<Condition> conditions() throws NoValueException {
        var sort = members.get(0).key().sort();
        var conditions = new ArrayList<Condition>();
        if (sort.isEmpty() || parts == 0 && partial.isEmpty()) {
            conditions.add(new Condition(Optional.empty(), Shape.anyText(), false));
        } else {
            conditions.add(new Condition(
                    Optional.of(new Term(sort.get().name(), Comparison.BEGINS_WITH, List.of(value("")))),
                    Shape.anyText(),
                    true));
        }
        var rests = members.stream().map(this::rest).toList();
        if (sort.isPresent() && rests.stream().allMatch(rest -> rest.ended || !rest.literal.isEmpty())) {
            var low = rests.stream().map(Rest::literal).min(BY_CODE_POINTS).orElseThrow();
            var high = members.stream().map(this::end).max(BY_CODE_POINTS).orElseThrow();
            conditions.add(new Condition(
                    Optional.of(new Term(sort.get().name(), Comparison.BETWEEN, List.of(value(low), value(high)))),
                    TextRange.between(low, high),
                    low.isEmpty()));
        }
        return conditions;
    }

    /** What sorts behind everything that a member's sort keys go on with. */
    private String end(Member member) {
        var rest = rest(member);
        return rest.ended
                ? rest.literal
                : rest.literal + SortKey.tail(member.sortParts().get(rest.next));
    }

    /** A sort key that begins as all of them do, and goes on with a text. */
    RequestValue value(String text) throws NoValueException {
        var pieces = new ArrayList<Piece>();
        var first = members.get(0);
        for (var part : first.sortParts().subList(0, parts)) {
            if (part instanceof Part.Literal literal) {
                pieces.add(new Piece.Text(literal.text()));
            } else {
                var bound = first.known(part).orElseThrow();
                pieces.add(bindings.piece(bound, bound.operand(0), ((Part.Variable) part).format()));
            }
        }
        pieces.add(new Piece.Text(partial + text));
        return new RequestValue(StorageType.S, pieces);
    }

    /** Every sort key that is read. */
    Texts texts(Condition condition) {
        var fixed = fixed();
        return fixed.isEmpty()
                ? Texts.of(List.of(condition.tail))
                : Texts.of(List.of(new Shape.Sequence(List.of(
                        new Shape.Sequence(fixed), condition.bare ? Shape.optional(condition.tail) : condition.tail))));
    }

    private List<Shape> fixed() {
        var shapes = new ArrayList<Shape>();
        members.get(0).sortParts().subList(0, parts).forEach(part -> shapes.add(shape(members.get(0), part)));
        if (!partial.isEmpty()) {
            shapes.add(Shape.literal(partial));
        }
        return shapes;
    }

    /** The values of the row that is referred to are those of the row that refers. */
    private static Shape shape(Member member, Part part) {
        return member.known(part)
                .map(bound -> ((Part.Variable) part).format().shape(bound.path().type()))
                .orElseGet(part::shape);
    }

    /** The conditions of the pattern that hold for every item of the members in the stretch, because their sort keys say so. */
    Set<Bound> decided(Condition condition) {
        var decided = new HashSet<Bound>();
        var first = members.get(0);
        for (var i = 0; i < parts; i++) {
            var part = first.sortParts().get(i);
            var at = i;
            if (part instanceof Part.Variable variable
                    && variable.injective()
                    && members.stream().allMatch(member -> readable(member, at, condition))) {
                first.known(part).ifPresent(decided::add);
            }
        }
        return decided;
    }

    /** Whether a variable can't be read in another way from the sort keys of a member that lie in the stretch. */
    private boolean readable(Member member, int variable, Condition condition) {
        var own = Texts.of(
                member.sortParts().stream().map(part -> shape(member, part)).toList());
        var bare = fixed();
        var followed = new ArrayList<>(bare);
        followed.add(condition.tail);
        return own.inTwoReadings(Texts.of(followed), variable) instanceof Meeting.Never
                && (!condition.bare || own.inTwoReadings(Texts.of(bare), variable) instanceof Meeting.Never);
    }

    /** Whether a sort key of one member could pass for one of the other by what it goes on with. */
    boolean confusable(Member member, Member other) {
        if (member.sortParts().isEmpty()) {
            return true;
        }
        var mine = rest(member);
        var theirs = rest(other);
        var shapes = new ArrayList<Shape>();
        // Something before what may be empty
        shapes.add(Shape.literal("#" + theirs.literal));
        other.sortParts()
                .subList(theirs.next, other.sortParts().size())
                .forEach(part -> shapes.add(shape(other, part)));
        var mark = Shape.literal("#" + mine.literal);
        return !(Texts.of(shapes)
                        .meet(Texts.of(
                                List.of(mine.ended ? mark : Shape.sequence(mark, Shape.optional(Shape.anyText())))))
                instanceof Meeting.Never);
    }
}
