package dev.schemaproof.yaml;

import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A secondary index. */
final class IndexShape extends ObjectShape<Index> {

    static final Shape<Index.Method> METHOD =
            Scalars.oneOf("an index method", List.of(Index.Method.values()), Index.Method::word);

    private final Key<List<Index.Part>> on = required(
            "on",
            Shapes.atLeastOne(IndexPartText.PART_OF),
            "What it is sorted by: attributes or expressions, each with a collation, an operator class, asc or desc, nulls"
                    + " first or last",
            like("[author_id, created_at desc]", "lower(email) text_pattern_ops", "title collate \"C\""));
    private final Key<Index.Method> using =
            optional("using", METHOD, "The access method", byDefault("btree"), like("gin"));
    private final Key<Boolean> unique =
            optional("unique", Scalars.TRUTH, "Whether it forbids equal entries", byDefault("false"));
    private final Key<Boolean> nullsNotDistinct = optional(
            "nullsNotDistinct",
            Scalars.TRUTH,
            "Whether a unique index counts absent values as equal",
            byDefault("false"));
    private final Key<List<Located<String>>> include = optional(
            "include", EntityShape.NAMES, "Attributes that it carries without being sorted by them", like("[title]"));
    private final Key<SourceText> where =
            optional("where", Scalars.SOURCE, "The SQL condition of a partial index", like("deleted_at IS NULL"));
    private final Key<Map<String, Located<String>>> storage =
            optional("storage", EntityShape.STORAGE, "Storage parameters", like("{fillfactor: 70}"));
    private final Key<String> reason = optional(
            "reason",
            Scalars.TEXT,
            "Why it exists, where no access pattern tells",
            like("The nightly export reads by day"));
    private final Key<String> description = optional(
            "description", Scalars.TEXT, "What the catalog says of it", like("Newest posts of an author first"));

    IndexShape() {
        super("index", "an index", "{on: [author_id, created_at desc], include: [title]}");
    }

    @Override
    Optional<Index> build(Fields fields, Reading reading) {
        return fields.get(on)
                .filter(parts -> !parts.isEmpty())
                .map(parts -> new Index(
                        fields.name(),
                        parts,
                        fields.get(using, Index.Method.BTREE),
                        fields.get(unique, false),
                        fields.get(include, List.of()),
                        fields.get(where),
                        fields.get(nullsNotDistinct, false),
                        fields.get(storage, Map.of()),
                        fields.get(reason),
                        fields.get(description)));
    }
}
