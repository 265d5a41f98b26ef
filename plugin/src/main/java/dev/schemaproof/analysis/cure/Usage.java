package dev.schemaproof.analysis.cure;

import dev.schemaproof.analysis.sql.ModelSql;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which attributes of an entity the expressions in it use. */
final class Usage {

    private final Entity entity;
    private final ModelSql sql;

    Usage(Entity entity, ModelSql sql) {
        this.entity = entity;
        this.sql = sql;
    }

    /** The attributes that an expression names; those whose names stand in it where it can't be read. */
    Set<String> in(SourceText expression) {
        return sql.expression(expression)
                .filter(reading -> reading.parsed().tree().isPresent()
                        && reading.names().flaws().isEmpty())
                .map(reading -> reading.names().columns().values().stream()
                        .filter(column -> column.entity().name().equals(entity.name()))
                        .map(column -> column.attribute().name().value())
                        .collect(Collectors.toSet()))
                .orElseGet(() -> named(expression.value()));
    }

    private Set<String> named(String text) {
        return entity.attributes().values().stream()
                .filter(attribute -> Pattern.compile("(?<![\\p{L}\\p{N}_])"
                                + Pattern.quote(attribute.column().value()) + "(?![\\p{L}\\p{N}_])")
                        .matcher(text)
                        .find())
                .map(attribute -> attribute.name().value())
                .collect(Collectors.toSet());
    }

    /** The attributes by which an index sorts and chooses its rows; not those that it merely carries. */
    Set<String> in(Index index) {
        var used = parts(index.on());
        index.where().ifPresent(where -> used.addAll(in(where)));
        return used;
    }

    Set<String> in(Exclusion exclusion) {
        var used =
                parts(exclusion.elements().stream().map(Exclusion.Element::part).toList());
        exclusion.where().ifPresent(where -> used.addAll(in(where)));
        used.addAll(values(exclusion.include()));
        return used;
    }

    Set<String> parts(List<Index.Part> parts) {
        var used = new HashSet<String>();
        for (var part : parts) {
            part.attribute().ifPresentOrElse(used::add, () -> used.addAll(in(part.text())));
        }
        return used;
    }

    /** What a generated attribute is made of. */
    Set<String> madeOf(Attribute attribute) {
        return attribute.generated().map(this::in).orElse(Set.of());
    }

    static List<String> values(List<Located<String>> names) {
        return names.stream().map(Located::value).toList();
    }
}
