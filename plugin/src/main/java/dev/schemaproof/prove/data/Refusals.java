package dev.schemaproof.prove.data;

import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the database's refusal of a row is about. */
final class Refusals {

    private Refusals() {}

    /** The attributes whose values break a rule; none when that cannot be told. */
    static Set<String> attributes(Entity entity, SQLException refusal) {
        Optional<ServerErrorMessage> message = refusal instanceof PSQLException postgres
                ? Optional.ofNullable(postgres.getServerErrorMessage())
                : Optional.empty();
        Set<String> guilty = new LinkedHashSet<>();
        message.map(ServerErrorMessage::getDatatype)
                .ifPresent(domain -> entity.attributes().values().forEach(attribute -> {
                    if (isOf(attribute.type().value(), domain)) {
                        guilty.add(attribute.name().value());
                    }
                }));
        message.map(ServerErrorMessage::getColumn)
                .ifPresent(column -> entity.attributes().values().forEach(attribute -> {
                    if (attribute.column().value().equals(column)) {
                        guilty.add(attribute.name().value());
                    }
                }));
        if (guilty.isEmpty()) {
            message.map(ServerErrorMessage::getConstraint).ifPresent(name -> addChecked(entity, name, guilty));
        }
        return guilty;
    }

    private static void addChecked(Entity entity, String constraint, Set<String> guilty) {
        Optional.ofNullable(entity.checks().get(constraint))
                .map(check -> check.expression().value())
                .ifPresent(condition -> entity.attributes().values().stream()
                        .filter(attribute -> mentions(condition, attribute))
                        .forEach(attribute -> guilty.add(attribute.name().value())));
        entity.attributes().values().stream()
                .filter(attribute -> attribute.check().isPresent())
                .filter(attribute -> constraint.equals(PostgresNames.check(
                        entity.table().value(), attribute.column().value())))
                .forEach(attribute -> guilty.add(attribute.name().value()));
    }

    /** Whether the condition seems to speak of the attribute. */
    static boolean mentions(String condition, Attribute attribute) {
        return Pattern.compile("(?<![\\p{L}\\p{N}_])"
                        + Pattern.quote(attribute.column().value()) + "(?![\\p{L}\\p{N}_])")
                .matcher(condition)
                .find();
    }

    private static boolean isOf(DataType type, String domain) {
        return type instanceof DataType.Named named && named.name().equals(domain)
                || type instanceof DataType.Array array && isOf(array.element(), domain);
    }
}
