package dev.schemaproof.generate.relational;

import java.util.List;

/**
 * Everything that the template of {@code schema.sql} prints. Names and expressions are SQL already, quoted where needed;
 * comments are split into lines.
 *
 * @param heading what the script is, one line each
 * @param types enums and domains, in an order in which each finds what it is made of
 * @param tables in an order in which foreign keys find their targets, as far as there is one
 * @param lateForeignKeys those that close a cycle, to be added when all tables are there
 * @param indexes beside those of the keys
 * @param comments descriptions, for the catalog
 */
public record SchemaScript(
        List<String> heading,
        List<Type> types,
        List<Table> tables,
        List<LateConstraint> lateForeignKeys,
        List<Index> indexes,
        List<Comment> comments) {

    public SchemaScript {
        heading = List.copyOf(heading);
        types = List.copyOf(types);
        tables = List.copyOf(tables);
        lateForeignKeys = List.copyOf(lateForeignKeys);
        indexes = List.copyOf(indexes);
        comments = List.copyOf(comments);
    }

    /**
     * An enum or a domain.
     *
     * @param labels of an enum, as literals; empty for a domain
     * @param base of a domain; empty for an enum
     * @param check of a domain; empty for none
     */
    public record Type(String name, boolean enumeration, List<String> labels, String base, String check) {

        public Type {
            labels = List.copyOf(labels);
        }
    }

    /** A table; constraints are those that can be made with it. */
    public record Table(String name, List<Column> columns, List<Constraint> constraints) {

        public Table {
            columns = List.copyOf(columns);
            constraints = List.copyOf(constraints);
        }
    }

    /**
     * A column.
     *
     * @param definition the whole of it, name and type padded to the width of their neighbours
     */
    public record Column(String name, String type, String clauses, String definition) {}

    /**
     * A constraint.
     *
     * @param definition what follows the name, such as {@code PRIMARY KEY (id)}
     */
    public record Constraint(String name, String definition) {}

    /** A constraint that is added to a table which is there. */
    public record LateConstraint(String table, Constraint constraint) {}

    /**
     * An index.
     *
     * @param why what it is for, one line each
     * @param unique {@code UNIQUE} and a blank, or nothing
     * @param using {@code USING gin} and a blank, or nothing
     * @param parts what it is sorted by, in parentheses
     * @param suffix a blank and what follows the parts, or nothing
     */
    public record Index(
            String name, String table, List<String> why, String unique, String using, String parts, String suffix) {

        public Index {
            why = List.copyOf(why);
        }
    }

    /**
     * A description.
     *
     * @param object what it is of, such as {@code COLUMN users.email}
     * @param literal the text, quoted
     */
    public record Comment(String object, String literal) {}
}
