package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.Resolution.Share;
import dev.schemaproof.analysis.keyvalue.Term.Comparison;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** By what the application tells the items of several entities apart that come in one answer. */
final class Marks {

    private final Map<String, Term> terms;
    /** The members' names in the order in which they come; empty where they come mixed. */
    private final List<String> order;

    private Marks(Map<String, Term> terms, List<String> order) {
        this.terms = terms;
        this.order = order;
    }

    /** The marks: what each has in the key that is read, else in the key of the table. Nothing where they can't be told apart. */
    static Optional<Marks> of(CommonStretch stretch, List<Member> members, Optional<String> index)
            throws NoValueException {
        if (apart(members, stretch::confusable)) {
            var terms = new LinkedHashMap<String, Term>();
            for (var member : members) {
                var rest = stretch.rest(member);
                terms.put(
                        member.name(),
                        new Term(
                                member.key().sort().orElseThrow().name(),
                                rest.ended() ? Comparison.EQUAL : Comparison.BEGINS_WITH,
                                List.of(stretch.value(rest.literal()))));
            }
            var order = members.stream()
                    .sorted(Comparator.comparing(
                            member -> stretch.rest(member).literal(), CommonStretch.BY_CODE_POINTS))
                    .map(Member::name)
                    .toList();
            return Optional.of(new Marks(terms, order));
        }
        return index.isEmpty()
                ? Optional.empty()
                : byTemplate(members, member -> member.item().key().sort())
                        .or(() -> byTemplate(
                                members,
                                member -> Optional.of(member.item().key().partition())));
    }

    private static Optional<Marks> byTemplate(List<Member> members, Function<Member, Optional<KeyTemplate>> key) {
        if (members.stream().anyMatch(member -> key.apply(member).isEmpty())
                || !apart(
                        members,
                        (member, other) -> confusable(
                                key.apply(member).orElseThrow(),
                                key.apply(other).orElseThrow()))) {
            return Optional.empty();
        }
        var terms = new LinkedHashMap<String, Term>();
        for (var member : members) {
            var template = key.apply(member).orElseThrow();
            terms.put(
                    member.name(),
                    new Term(
                            template.name(),
                            template.variables().isEmpty() ? Comparison.EQUAL : Comparison.BEGINS_WITH,
                            List.of(RequestValue.text(template.literalPrefix()))));
        }
        return Optional.of(new Marks(terms, List.of()));
    }

    private static boolean confusable(KeyTemplate template, KeyTemplate other) {
        return template.literalPrefix().isEmpty()
                || !(other.texts().meet(Leak.stretch(template, 1)) instanceof Meeting.Never);
    }

    /** Whether one item could pass for one of another entity. */
    private interface Confusion {

        boolean possible(Member member, Member other);
    }

    private static boolean apart(List<Member> members, Confusion confusion) {
        return members.stream()
                .allMatch(member ->
                        members.stream().allMatch(other -> other.equals(member) || !confusion.possible(member, other)));
    }

    Term of(Member member) {
        return Optional.ofNullable(terms.get(member.name())).orElseThrow();
    }

    /** The shares in the order in which they come, where each comes by itself. */
    List<Share> sorted(List<Share> shares, boolean forward) {
        var sorted = new ArrayList<>(shares);
        if (!order.isEmpty()) {
            ToIntFunction<Share> place = share -> order.indexOf(share.item().name());
            sorted.sort(Comparator.comparingInt(place));
            if (!forward) {
                Collections.reverse(sorted);
            }
        }
        return sorted;
    }
}
