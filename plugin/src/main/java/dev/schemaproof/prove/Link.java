package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.contract.Summary;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.util.List;
import java.util.function.Predicate;

/**
 * The two tables of a copy as those see them who write to both.
 *
 * @param child the entity that refers
 * @param reference by which it does
 * @param parent the entity referred to
 * @param decides whether an attribute of the child may matter to the copy
 * @param first an order that brings the children first that matter most, with a comma and a blank, or nothing
 * @param copied attributes of the parent that children hold copies of
 */
record Link(
        Entity child,
        Reference reference,
        Entity parent,
        Predicate<Attribute> decides,
        String first,
        List<Attribute> copied) {

    Link {
        copied = List.copyOf(copied);
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

    static Link of(CopyContract contract) {
        return new Link(
                contract.entity(),
                contract.reference(),
                contract.target(),
                attribute -> !attribute.equals(contract.copy()),
                "",
                List.of(contract.source()));
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
