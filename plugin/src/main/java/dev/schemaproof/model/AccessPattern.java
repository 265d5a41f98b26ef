package dev.schemaproof.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A query that the application runs. */
public sealed interface AccessPattern permits AccessPattern.Sql, AccessPattern.Read, AccessPattern.Write {

    Header header();

    default Located<String> name() {
        return header().name();
    }

    /** The entity that a structured pattern is about; a SQL pattern names its tables itself. */
    Optional<String> entityName();

    /**
     * What both forms have.
     *
     * @param name the pattern's key
     * @param description what it is for
     * @param rate how often it runs
     * @param store the store that answers it, where it names one
     * @param scan the reason why reading everything is accepted, where it is
     * @param sound whether all of it could be read
     */
    record Header(
            Located<String> name,
            Optional<String> description,
            Optional<Rate> rate,
            Optional<Located<String>> store,
            Optional<Located<String>> scan,
            boolean sound) {}

    /** How often, in times a second. */
    record Rate(double perSecond, String text) {}

    /** A statement in the store's own dialect, with named parameters. */
    record Sql(Header header, SourceText sql) implements AccessPattern {

        @Override
        public Optional<String> entityName() {
            return Optional.empty();
        }
    }

    /**
     * A read in the structured form.
     *
     * @param entity what it reads
     * @param find one row, many, or their number
     * @param where conditions, all of which hold
     * @param orderBy its order
     * @param select the attributes it needs; empty means all
     * @param limit at most so many rows
     * @param consistent whether it has to see every write that was answered before
     * @param include the rows of other entities that it reads with them, each entity once
     */
    record Read(
            Header header,
            Located<String> entity,
            Find find,
            List<Condition> where,
            List<Order> orderBy,
            List<Located<String>> select,
            OptionalLong limit,
            boolean consistent,
            List<Include> include)
            implements AccessPattern {

        public Read {
            where = List.copyOf(where);
            orderBy = List.copyOf(orderBy);
            select = List.copyOf(select);
            include = List.copyOf(include);
        }

        /** The same read of its own rows alone. */
        public Read withoutInclude() {
            return new Read(header, entity, find, where, orderBy, select, limit, consistent, List.of());
        }

        @Override
        public Optional<String> entityName() {
            return Optional.of(entity.value());
        }
    }

    /**
     * Rows that a read returns beside those that it is about: all that refer to one of them.
     *
     * @param entity whose rows
     * @param by the role by which they refer
     * @param orderBy their order among those that refer to the same row
     * @param select the attributes it needs of them; empty means all
     */
    record Include(Located<String> entity, Located<String> by, List<Order> orderBy, List<Located<String>> select) {

        public Include {
            orderBy = List.copyOf(orderBy);
            select = List.copyOf(select);
        }
    }

    /** How many rows a read returns. */
    enum Find {
        ONE,
        MANY,
        COUNT
    }

    /**
     * A write in the structured form.
     *
     * @param where which rows an update or delete changes
     * @param set the attributes that an update changes
     */
    record Write(
            Header header, Located<String> entity, WriteKind kind, List<Condition> where, List<Located<String>> set)
            implements AccessPattern {

        public Write {
            where = List.copyOf(where);
            set = List.copyOf(set);
        }

        @Override
        public Optional<String> entityName() {
            return Optional.of(entity.value());
        }
    }

    /** What a write does. */
    enum WriteKind {
        INSERT,
        UPDATE,
        UPSERT,
        DELETE;

        /** The word in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One sort key.
     *
     * @param attribute the attribute's name, or {@code role.attribute}
     */
    record Order(Located<String> attribute, boolean descending, Optional<Boolean> nullsFirst) {

        /** Where absent values stand, stated or by default. */
        public boolean nullsStandFirst() {
            return nullsFirst.orElse(descending);
        }
    }
}
