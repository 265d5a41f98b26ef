package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.contract.Summary;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The two tables of a copy as those see them who write to both.
 *
 * @param child the entity that refers
 * @param reference by which it does
 * @param parent the entity referred to
 * @param decides whether an attribute of the child may matter to the copy
 * @param first an order that brings the children first that matter most, with a comma and a blank, or nothing
 * @param way from the parent on, the references that lead to what {@code copied} and {@code turned} are of; none if that is the
 *     parent
 * @param copied attributes of the parent, or of where the way leads, that children hold copies of
 * @param turned a reference there by which the way to what children hold copies of goes on
 */
record Link(
        Entity child,
        Reference reference,
        Entity parent,
        Predicate<Attribute> decides,
        String first,
        List<CopyContract.Step> way,
        List<Attribute> copied,
        Optional<CopyContract.Step> turned) {

    Link {
        way = List.copyOf(way);
        copied = List.copyOf(copied);
    }

    /** Between two tables alone. */
    Link(
            Entity child,
            Reference reference,
            Entity parent,
            Predicate<Attribute> decides,
            String first,
            List<Attribute> copied) {
        this(child, reference, parent, decides, first, List.of(), copied, Optional.empty());
    }

    static Link of(SummaryContract contract) {
        return new Link(
                contract.child(),
                contract.reference(),
                contract.parent(),
                attribute -> decides(contract, attribute),
                first(contract),
                List.of());
    }

    /** One for each change that a copy follows: of the source, and of each reference on the way to it behind the first. */
    static List<Link> of(CopyContract contract) {
        List<CopyContract.Step> path = contract.path();
        return IntStream.rangeClosed(1, path.size())
                .mapToObj(step -> new Link(
                        contract.entity(),
                        contract.reference(),
                        contract.target(),
                        attribute -> !attribute.equals(contract.copy()),
                        "",
                        path.subList(1, step),
                        step == path.size() ? List.of(contract.source()) : List.of(),
                        step == path.size() ? Optional.empty() : Optional.of(path.get(step))))
                .toList();
    }

    /** Whether children hold copies of something. */
    boolean isFollowed() {
        return !copied.isEmpty() || turned.isPresent();
    }

    /** The entity that something is changed of which children follow. */
    Entity changed() {
        return way.isEmpty() ? parent : way.get(way.size() - 1).target();
    }

    /** The condition for the row of {@link #changed} to which a parent leads, whose key is to be bound. */
    String found() {
        Entity from = parent;
        String condition = SummaryCopy.equal(from, referred());
        for (CopyContract.Step step : way) {
            Entity to = step.target();
            condition = "("
                    + SummaryCopy.names(SummaryCopy.columns(to, step.reference().referredNames(to)))
                    + ") IN (SELECT "
                    + SummaryCopy.names(
                            SummaryCopy.columns(from, step.reference().names()))
                    + " FROM " + SummaryCopy.table(from) + " WHERE " + condition + ")";
            from = to;
        }
        return condition;
    }

    /** The parent's attributes that the child refers to. */
    List<String> referred() {
        return reference.referredNames(parent);
    }

    /** Whether it may matter to the copy; where nothing does beside the reference, any does to the trigger. */
    private static boolean decides(SummaryContract contract, Attribute attribute) {
        boolean nothing =
                contract.where().isEmpty() && contract.summary().inputs().isEmpty();
        return nothing
                || contract.summary().inputs().contains(attribute)
                || contract.where()
                        .filter(where -> SqlWords.mentions(
                                where.value(), attribute.column().value()))
                        .isPresent();
    }

    private static String first(SummaryContract contract) {
        if (contract.summary() instanceof Summary.Extreme extreme) {
            return SummaryCopy.column(extreme.value()) + (extreme.greatest() ? " DESC, " : ", ");
        }
        return contract.summary() instanceof Summary.Latest latest
                ? SummaryCopy.column(latest.order()) + " DESC, "
                : "";
    }
}
