package dev.schemaproof.yaml;

import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Duplicates;
import dev.schemaproof.model.Contract.Gain;
import dev.schemaproof.model.Contract.Measurement;
import dev.schemaproof.model.Contract.Mechanism;
import dev.schemaproof.model.Contract.Mode;
import dev.schemaproof.model.Contract.Staleness;
import dev.schemaproof.model.Contract.Sync;
import dev.schemaproof.model.Contract.Target;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A denormalization contract. No answer is required here: what is missing is for the rules to say, question by question. */
final class ContractShape extends ObjectShape<Contract> {

    private static final Shape<Located<String>> ANSWER = Shapes.answer(Scalars.LOCATED);

    private final Key<Duplicates> duplicates = optional(
            "duplicates",
            Shapes.answer(new DuplicatesShape()),
            "1. What data is duplicated",
            like("{into: User.follower_count, from: {count: Follow, by: following}}"));
    private final Key<Sync> sync =
            optional("sync", Shapes.answer(new SyncShape()), "2. How it is kept in sync", like("{by: trigger}"));
    private final Key<Staleness> staleness = optional(
            "staleness",
            Shapes.answer(new StalenessShape()),
            "3. What happens if it goes stale",
            like("{allowed: none, effect: A profile shows a wrong number, repair: nightly}"));
    private final Key<Gain> gain = optional(
            "gain",
            Shapes.answer(new GainShape()),
            "4. The query it optimizes and the measured gain",
            like(
                    "{pattern: profile-page, instead: SELECT count(*) FROM follows WHERE following_id = :user, atLeast: 50x}"));

    ContractShape() {
        super(
                "contract",
                "a denormalization contract",
                "{duplicates: {into: User.follower_count, from: {count: Follow, by: following}}, sync: {by: trigger}}");
    }

    @Override
    Optional<Contract> build(Fields fields, Reading reading) {
        return Optional.of(new Contract(
                fields.name(),
                fields.get(duplicates),
                fields.get(sync),
                fields.get(staleness),
                fields.get(gain),
                reading.takePlaceholders(),
                fields.sound()));
    }

    private static final class DuplicatesShape extends ObjectShape<Duplicates> {

        private final Key<Located<String>> into = optional(
                "into",
                ANSWER,
                "The copy: Entity.attribute, or an entity for a precomputed table",
                like("User.follower_count", "DailySales"));
        private final Key<Located<Derivation>> from = optional(
                "from",
                Shapes.answer(Scalars.located(new DerivationShape())),
                "What it is made of",
                like("{count: Follow, by: following}", "{copy: author.display_name}"));

        DuplicatesShape() {
            super("duplicates", "`duplicates`", "{into: User.follower_count, from: {count: Follow, by: following}}");
        }

        @Override
        Optional<Duplicates> build(Fields fields, Reading reading) {
            return Optional.of(new Duplicates(
                    fields.name().at(), fields.get(into).map(DuplicatesShape::target), fields.get(from)));
        }

        private static Target target(Located<String> written) {
            return split(written)
                    .map(parts -> new Target(parts.get(0), Optional.of(parts.get(1))))
                    .orElseGet(() -> new Target(written, Optional.empty()));
        }
    }

    /** {@code Entity.attribute} as its two parts, each with its place. */
    private static Optional<List<Located<String>>> split(Located<String> written) {
        var dot = written.value().indexOf('.');
        if (dot <= 0 || dot == written.value().length() - 1) {
            return Optional.empty();
        }
        var text = SourceText.of(written.value(), written.at());
        return Optional.of(List.of(
                new Located<>(written.value().substring(0, dot), text.locate(0, dot)),
                new Located<>(
                        written.value().substring(dot + 1),
                        text.locate(dot + 1, written.value().length()))));
    }

    private static final class DerivationShape extends ObjectShape<Derivation> {

        private final Key<Located<String>> count =
                optional("count", Scalars.LOCATED, "Counts the rows of this entity", like("Follow"));
        private final Key<Located<String>> sum =
                optional("sum", Scalars.LOCATED, "Adds up this attribute: Entity.attribute", like("OrderLine.amount"));
        private final Key<Located<String>> min = optional(
                "min", Scalars.LOCATED, "The least value of this attribute: Entity.attribute", like("Bid.amount"));
        private final Key<Located<String>> max = optional(
                "max", Scalars.LOCATED, "The greatest value of this attribute: Entity.attribute", like("Bid.amount"));
        private final Key<Located<String>> exists =
                optional("exists", Scalars.LOCATED, "Whether there is a row of this entity", like("Complaint"));
        private final Key<Located<String>> latest = optional(
                "latest",
                Scalars.LOCATED,
                "The value of this attribute in the last row: Entity.attribute",
                like("Message.body"));
        private final Key<Located<String>> copy = optional(
                "copy",
                Scalars.LOCATED,
                "The attribute at the end of a path of references: role.attribute",
                like("author.display_name"));
        private final Key<SourceText> query = optional(
                "query",
                Scalars.SOURCE,
                "The statement that fills a materialized view or precomputed table",
                like("SELECT day, sum(amount) FROM sales GROUP BY day"));
        private final Key<Located<String>> by = optional(
                "by", Scalars.LOCATED, "The role by which the source refers to the copy's entity", like("following"));
        private final Key<Located<String>> orderBy =
                optional("orderBy", Scalars.LOCATED, "What makes a row the latest", like("created_at"));
        private final Key<SourceText> where = optional(
                "where",
                Scalars.SOURCE,
                "Only rows that fulfil this SQL condition",
                otherwise("all rows"),
                like("deleted_at IS NULL"));

        DerivationShape() {
            super("derivation", "`from`", "{count: Follow, by: following}");
        }

        @Override
        Optional<Derivation> build(Fields fields, Reading reading) {
            var given = List.of(count, sum, min, max, exists, latest, copy, query).stream()
                    .filter(key -> fields.place(key).isPresent())
                    .toList();
            if (given.size() != 1) {
                reading.report(
                        Flaw.INCOMPLETE_ELEMENT,
                        fields.name().at(),
                        given.isEmpty()
                                ? "`from` doesn't say how the copy is made"
                                : "`from` says twice how the copy is made",
                        "write one of `count`, `sum`, `min`, `max`, `exists`, `latest`, `copy`, `query`");
                return Optional.empty();
            }
            if (given.get(0).equals(copy)) {
                return fields.get(copy).map(Derivation.Copy::new);
            }
            if (given.get(0).equals(query)) {
                return fields.get(query).map(Derivation.Query::new);
            }
            if (fields.place(by).isEmpty()) {
                reading.report(
                        Flaw.INCOMPLETE_ELEMENT,
                        fields.name().at(),
                        "`from` doesn't say `by` which role the rows refer to the copy's entity",
                        "add `by:` with the name of a reference of that entity");
                return Optional.empty();
            }
            return fields.get(by).flatMap(role -> aggregate(given.get(0), role, fields, reading));
        }

        private Optional<Derivation> aggregate(Key<?> kind, Located<String> role, Fields fields, Reading reading) {
            if (kind.equals(count)) {
                return fields.get(count).map(child -> new Derivation.Count(child, role, fields.get(where)));
            }
            if (kind.equals(exists)) {
                return fields.get(exists).map(child -> new Derivation.Exists(child, role, fields.get(where)));
            }
            if (kind.equals(latest)) {
                return attribute(latest, fields, reading)
                        .flatMap(path -> ordering(fields, reading)
                                .map(order -> new Derivation.Latest(
                                        path.get(0), path.get(1), role, order, fields.get(where))));
            }
            var key = kind.equals(sum) ? sum : kind.equals(min) ? min : max;
            var function = kind.equals(sum)
                    ? Derivation.Function.SUM
                    : kind.equals(min) ? Derivation.Function.MIN : Derivation.Function.MAX;
            return attribute(key, fields, reading)
                    .map(path -> new Derivation.Aggregate(function, path.get(0), path.get(1), role, fields.get(where)));
        }

        private Optional<Located<String>> ordering(Fields fields, Reading reading) {
            if (fields.place(orderBy).isEmpty()) {
                reading.report(
                        Flaw.INCOMPLETE_ELEMENT,
                        fields.name().at(),
                        "`latest` needs `orderBy`",
                        "add the attribute that tells which row is the last, such as `orderBy: created_at`");
            }
            return fields.get(orderBy);
        }

        private static Optional<List<Located<String>>> attribute(
                Key<Located<String>> key, Fields fields, Reading reading) {
            return fields.get(key).flatMap(written -> {
                var parts = split(written);
                if (parts.isEmpty()) {
                    reading.report(
                            Flaw.MALFORMED_VALUE,
                            written.at(),
                            "`" + written + "` names no attribute",
                            "write `" + key.name() + ": Entity.attribute`");
                }
                return parts;
            });
        }
    }

    private static final class SyncShape extends ObjectShape<Sync> {

        private final Key<Located<Mechanism>> by = optional(
                "by",
                Shapes.answer(
                        Scalars.located(Scalars.oneOf("a mechanism", List.of(Mechanism.values()), Mechanism::word))),
                "What keeps it in sync",
                like("trigger", "materialized-view"));
        private final Key<Located<Duration>> every = optional(
                "every",
                Shapes.answer(Scalars.located(Scalars.DURATION_OF)),
                "How often a job is run, the consumer of an outbox, or the fold of a slotted or ledger copy; "
                        + "of an outbox half of the allowed staleness where this is not said",
                like("5m"));
        private final Key<Refresh> refresh = optional(
                "refresh",
                Shapes.answer(new RefreshShape()),
                "How a materialized view is refreshed",
                like("{every: 5m}"));
        private final Key<Located<String>> code =
                optional("code", ANSWER, "Where the application does it", like("com.acme.FollowService#follow"));
        private final Key<Located<Mode>> mode = optional(
                "mode",
                Scalars.located(Scalars.oneOf("a mode", List.of(Mode.values()), Mode::word)),
                "When a trigger brings a summary up to date: once, when the transaction commits, which is what `deferred` and"
                        + " no mode at all mean; with each statement; or, for rows whose copy many change at once, by a fold"
                        + " of what writers lay aside, in slots or in a ledger",
                like("deferred", "immediate", "slotted", "ledger"));
        private final Key<Located<Long>> slots = optional(
                "slots",
                Scalars.located(Scalars.COUNT_OF),
                "Among how many rows `mode: slotted` spreads the changes of one copy; as many writers don't wait for each other",
                otherwise(String.valueOf(Sync.SLOTS)),
                like("32"));

        SyncShape() {
            super("sync", "`sync`", "{by: trigger}");
        }

        @Override
        Optional<Sync> build(Fields fields, Reading reading) {
            return Optional.of(new Sync(
                    fields.name().at(),
                    fields.get(by),
                    fields.get(every).or(() -> fields.get(refresh).map(Refresh::every)),
                    fields.get(refresh).map(Refresh::concurrently).orElse(true),
                    fields.get(code),
                    fields.get(mode),
                    fields.get(slots)));
        }
    }

    /** How a materialized view is refreshed. */
    private record Refresh(Located<Duration> every, boolean concurrently) {}

    private static final class RefreshShape extends ObjectShape<Refresh> {

        private final Key<Located<Duration>> every =
                required("every", Shapes.answer(Scalars.located(Scalars.DURATION_OF)), "The interval", like("5m"));

        private final Key<Boolean> concurrently =
                optional("concurrently", Scalars.TRUTH, "Whether readers go on meanwhile", byDefault("true"));

        RefreshShape() {
            super("refresh", "`refresh`", "{every: 5m, concurrently: true}");
        }

        @Override
        Optional<Refresh> build(Fields fields, Reading reading) {
            return fields.get(every).map(interval -> new Refresh(interval, fields.get(concurrently, true)));
        }
    }

    private static final class StalenessShape extends ObjectShape<Staleness> {

        private final Key<Located<Duration>> allowed = optional(
                "allowed",
                Shapes.answer(Scalars.located(Scalars.STALENESS)),
                "How stale it may be: none (no committed state is stale), or a duration",
                like("none", "30s"));
        private final Key<Located<String>> effect = optional(
                "effect", ANSWER, "What a user would notice", like("A profile shows a wrong number of followers"));
        private final Key<Located<String>> repair = optional(
                "repair", ANSWER, "When the generated drift and repair statements run", like("nightly reconciliation"));

        StalenessShape() {
            super(
                    "staleness",
                    "`staleness`",
                    "{allowed: none, effect: A profile shows a wrong number of followers, repair: nightly reconciliation}");
        }

        @Override
        Optional<Staleness> build(Fields fields, Reading reading) {
            return Optional.of(
                    new Staleness(fields.name().at(), fields.get(allowed), fields.get(effect), fields.get(repair)));
        }
    }

    private static final class GainShape extends ObjectShape<Gain> {

        private final Key<Located<String>> pattern =
                optional("pattern", ANSWER, "The access pattern that reads the copy", like("profile-page"));
        private final Key<SourceText> instead = optional(
                "instead",
                Shapes.answer(Scalars.SOURCE),
                "The same rows and columns as the pattern, without the copy, as SQL",
                like("SELECT count(*) FROM follows WHERE following_id = :user"));
        private final Key<Located<Double>> atLeast =
                optional("atLeast", Shapes.answer(Scalars.located(Scalars.TIMES)), "The claimed gain", like("50x"));
        private final Key<Measurement> measured = optional(
                "measured",
                Shapes.answer(new MeasurementShape()),
                "How the claim was found",
                like("{before: 12.4 ms, after: 0.08 ms, rows: 100M, on: 2026-05-02, where: staging}"));

        GainShape() {
            super("gain", "`gain`", "{pattern: profile-page, atLeast: 50x}");
        }

        @Override
        Optional<Gain> build(Fields fields, Reading reading) {
            return Optional.of(new Gain(
                    fields.name().at(),
                    fields.get(pattern),
                    fields.get(instead),
                    fields.get(atLeast),
                    fields.get(measured)));
        }
    }

    private static final class MeasurementShape extends ObjectShape<Measurement> {

        private final Key<Located<Duration>> before = optional(
                "before",
                Shapes.answer(Scalars.located(Scalars.DURATION_OF)),
                "The time without the copy",
                like("12.4 ms"));
        private final Key<Located<Duration>> after = optional(
                "after", Shapes.answer(Scalars.located(Scalars.DURATION_OF)), "The time with it", like("0.08 ms"));
        private final Key<Long> rows =
                optional("rows", Shapes.answer(Scalars.COUNT_OF), "At how many rows", like("100M"));
        private final Key<Located<LocalDate>> on =
                optional("on", Shapes.answer(Scalars.located(Scalars.DATE)), "The day", like("2026-05-02"));
        private final Key<Located<String>> where = optional("where", ANSWER, "The place", like("staging"));

        MeasurementShape() {
            super(
                    "measurement",
                    "`measured`",
                    "{before: 12.4 ms, after: 0.08 ms, rows: 100M, on: 2026-05-02, where: staging}");
        }

        @Override
        Optional<Measurement> build(Fields fields, Reading reading) {
            return Optional.of(new Measurement(
                    fields.name().at(),
                    fields.get(before),
                    fields.get(after),
                    fields.get(rows).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                    fields.get(on),
                    fields.get(where)));
        }
    }
}
