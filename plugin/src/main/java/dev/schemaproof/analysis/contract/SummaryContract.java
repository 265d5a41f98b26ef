package dev.schemaproof.analysis.contract;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import java.util.List;
import java.util.Optional;

/**
 * A summary of referring rows, kept in the row they refer to.
 *
 * @param contract the contract
 * @param store the database that holds both tables
 * @param parent the entity that holds the copy
 * @param copy its attribute
 * @param child the entity whose rows are summed up
 * @param reference from the child to the parent
 * @param summary what of them is kept
 * @param where only child rows that fulfil this SQL condition count
 */
public record SummaryContract(
        Contract contract,
        RelationalStore store,
        Entity parent,
        Attribute copy,
        Entity child,
        Reference reference,
        Summary summary,
        Optional<SourceText> where) {

    /** Rows of one parent in no order are on about as many pages; so many are read in the time of a few disk accesses. */
    private static final long FEW = 100;

    /** The contract's name. */
    public String name() {
        return contract.name().value();
    }

    /** The columns by which the parent is referred to, its primary key. */
    public List<String> parentColumns() {
        return columns(parent, parent.keyNames());
    }

    /** The child's columns that refer to the parent, in the order of {@link #parentColumns}. */
    public List<String> childColumns() {
        return columns(child, reference.names());
    }

    /** When a trigger brings the copy up to date; empty where something else keeps it. */
    public Optional<Contract.Mode> mode() {
        return contract.sync()
                .filter(sync -> sync.by()
                        .filter(by -> by.value() == Contract.Mechanism.TRIGGER)
                        .isPresent())
                .map(sync -> sync.mode().map(Located::value).orElse(Contract.Mode.DEFERRED));
    }

    /** Whether a trigger brings the copy up to date when a transaction commits, rather than with each of its statements. */
    public boolean isDeferred() {
        return mode().equals(Optional.of(Contract.Mode.DEFERRED));
    }

    /** Whether triggers lay changes aside, which a fold adds to the copy later. */
    public boolean isFolded() {
        return mode().filter(Contract.Mode::isFolded).isPresent();
    }

    /** Among how many rows the changes of one copy are spread, where they are. */
    public int slots() {
        return contract.sync()
                .flatMap(Contract.Sync::slots)
                .map(slots -> Math.toIntExact(slots.value()))
                .orElse(Contract.Sync.SLOTS);
    }

    /** How many rows refer to one parent: declared, else as the rows of both tables say. */
    public long perParent() {
        return reference.perParent().orElse(child.expectedRows() / Math.max(1, parent.expectedRows()));
    }

    /** The attribute whose next least or greatest value a trigger looks for among many rows when the row that holds it goes. */
    public Optional<Attribute> sought() {
        return mode().isPresent() && perParent() > FEW && summary instanceof Summary.Extreme extreme
                ? Optional.of(extreme.value())
                : Optional.empty();
    }

    /** The answer to when the generated repair runs, in the team's words. */
    public Optional<String> repair() {
        return contract.staleness().flatMap(Contract.Staleness::repair).map(Located::value);
    }

    private static List<String> columns(Entity entity, List<String> attributes) {
        return attributes.stream()
                .map(name -> entity.attribute(name).orElseThrow().column().value())
                .toList();
    }
}
