package dev.schemaproof.app;

import dev.schemaproof.check.Rule;
import dev.schemaproof.check.rule.AmbiguousColumn;
import dev.schemaproof.check.rule.BoyceCoddViolation;
import dev.schemaproof.check.rule.BrokenKeyTemplate;
import dev.schemaproof.check.rule.ContradictedAnswer;
import dev.schemaproof.check.rule.EmptyEntity;
import dev.schemaproof.check.rule.IdentifierTooLong;
import dev.schemaproof.check.rule.IdleEntity;
import dev.schemaproof.check.rule.IncomparableCondition;
import dev.schemaproof.check.rule.KeyCollision;
import dev.schemaproof.check.rule.MissingAnswer;
import dev.schemaproof.check.rule.MissingKey;
import dev.schemaproof.check.rule.NameClash;
import dev.schemaproof.check.rule.NarrowPadding;
import dev.schemaproof.check.rule.NotSupportedYet;
import dev.schemaproof.check.rule.OpaquePattern;
import dev.schemaproof.check.rule.OptionalKey;
import dev.schemaproof.check.rule.PartialDependency;
import dev.schemaproof.check.rule.PlaceholderAnswer;
import dev.schemaproof.check.rule.PrefixLeak;
import dev.schemaproof.check.rule.ReferenceArityMismatch;
import dev.schemaproof.check.rule.ReferenceTypeMismatch;
import dev.schemaproof.check.rule.ScannedPattern;
import dev.schemaproof.check.rule.SqlOnKeyValueStore;
import dev.schemaproof.check.rule.SqlSyntax;
import dev.schemaproof.check.rule.StaleKey;
import dev.schemaproof.check.rule.StaleMeasurement;
import dev.schemaproof.check.rule.TransitiveDependency;
import dev.schemaproof.check.rule.UnaddressedWrite;
import dev.schemaproof.check.rule.UncontractedItemCopy;
import dev.schemaproof.check.rule.UndocumentedCopy;
import dev.schemaproof.check.rule.UndocumentedCount;
import dev.schemaproof.check.rule.UnexploredKeys;
import dev.schemaproof.check.rule.UnindexedReference;
import dev.schemaproof.check.rule.UnknownAttribute;
import dev.schemaproof.check.rule.UnknownColumn;
import dev.schemaproof.check.rule.UnknownEntity;
import dev.schemaproof.check.rule.UnknownPattern;
import dev.schemaproof.check.rule.UnknownReference;
import dev.schemaproof.check.rule.UnknownRole;
import dev.schemaproof.check.rule.UnknownSchema;
import dev.schemaproof.check.rule.UnknownStore;
import dev.schemaproof.check.rule.UnknownTable;
import dev.schemaproof.check.rule.UnknownType;
import dev.schemaproof.check.rule.UnservedPattern;
import dev.schemaproof.check.rule.UnsortedPattern;
import dev.schemaproof.check.rule.UnstoredData;
import dev.schemaproof.check.rule.UnusedIndex;
import java.util.List;

/** The one list of all rules. */
public final class Rules {

    private static final List<Rule> ALL = List.of(
            // Names
            new UnknownEntity(),
            new UnknownAttribute(),
            new UnknownReference(),
            new UnknownStore(),
            new UnknownType(),
            new UnknownSchema(),
            new UnknownRole(),
            new UnknownPattern(),
            // SQL
            new SqlSyntax(),
            new UnknownTable(),
            new UnknownColumn(),
            new AmbiguousColumn(),
            // Shape
            new EmptyEntity(),
            new MissingKey(),
            new OptionalKey(),
            new ReferenceArityMismatch(),
            new ReferenceTypeMismatch(),
            // Normal forms
            new PartialDependency(),
            new TransitiveDependency(),
            new BoyceCoddViolation(),
            new UnexploredKeys(),
            // Denormalization
            new UndocumentedCopy(),
            new UndocumentedCount(),
            // Contracts
            new MissingAnswer(),
            new PlaceholderAnswer(),
            new ContradictedAnswer(),
            new StaleMeasurement(),
            new NotSupportedYet(),
            // Databases
            new IdentifierTooLong(),
            new NameClash(),
            // Access
            new UnservedPattern(),
            new OpaquePattern(),
            new UnusedIndex(),
            new UnindexedReference(),
            new IdleEntity(),
            // Key-value stores
            new BrokenKeyTemplate(),
            new KeyCollision(),
            new ScannedPattern(),
            new PrefixLeak(),
            new NarrowPadding(),
            new UnaddressedWrite(),
            new UnsortedPattern(),
            new UnstoredData(),
            new StaleKey(),
            new IncomparableCondition(),
            new SqlOnKeyValueStore(),
            new UncontractedItemCopy());

    private Rules() {}

    public static List<Rule> all() {
        return ALL;
    }
}
