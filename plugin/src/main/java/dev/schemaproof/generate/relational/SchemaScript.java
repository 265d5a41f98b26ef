package dev.schemaproof.generate.relational;

import java.util.List;

/**
 * Everything that the template of {@code schema.sql} prints. Names and expressions are SQL already, quoted where needed;
 * comments are split into lines.
 *
 * @param heading what the script is, one line each
 * @param roles what has to be made on the server
 * @param schemas names of the SQL schemas
 * @param extensions with what follows {@code CREATE EXTENSION IF NOT EXISTS}
 * @param sequences with their options
 * @param types enums and domains, in an order in which each finds what it is made of
 * @param tables in an order in which foreign keys find their targets, as far as there is one
 * @param ownerships the columns with which sequences go
 * @param indexes beside those of the keys
 * @param lateForeignKeys those that close a cycle or need an index, to be added when all tables and indexes are there
 * @param secured tables with row-level security
 * @param grants who may do what
 * @param comments descriptions, for the catalog
 */
public record SchemaScript(
        List<String> heading,
        Roles roles,
        List<String> schemas,
        List<String> extensions,
        List<Sequence> sequences,
        List<Type> types,
        List<Table> tables,
        List<Ownership> ownerships,
        List<Index> indexes,
        List<LateConstraint> lateForeignKeys,
        List<Secured> secured,
        List<Granted> grants,
        List<Comment> comments) {

    public SchemaScript {
        heading = List.copyOf(heading);
        schemas = List.copyOf(schemas);
        extensions = List.copyOf(extensions);
        sequences = List.copyOf(sequences);
        types = List.copyOf(types);
        tables = List.copyOf(tables);
        ownerships = List.copyOf(ownerships);
        indexes = List.copyOf(indexes);
        lateForeignKeys = List.copyOf(lateForeignKeys);
        secured = List.copyOf(secured);
        grants = List.copyOf(grants);
        comments = List.copyOf(comments);
    }

    /**
     * The roles.
     *
     * @param tag of the dollar quotes around them
     * @param all each of them
     * @param memberships made when all roles are there
     */
    public record Roles(String tag, List<Role> all, List<Membership> memberships) {

        public Roles {
            all = List.copyOf(all);
            memberships = List.copyOf(memberships);
        }
    }

    /**
     * A role.
     *
     * @param literal its name as a text
     * @param comment its description as a literal; empty for none
     */
    public record Role(String name, String literal, boolean login, String comment) {}

    /** A role whose rights another one has; the literals are their names as texts. */
    public record Membership(String role, String roleLiteral, String member, String memberLiteral) {}

    /** A sequence; the options begin with {@code AS}. */
    public record Sequence(String name, String options) {}

    /** The column with which a sequence goes. */
    public record Ownership(String sequence, String column) {}

    /**
     * An enum or a domain.
     *
     * @param labels of an enum, as literals; empty for a domain
     * @param base of a domain, with what concerns its values; empty for an enum
     * @param checks of a domain, with their names if they have any
     */
    public record Type(String name, boolean enumeration, List<String> labels, String base, List<String> checks) {

        public Type {
            labels = List.copyOf(labels);
            checks = List.copyOf(checks);
        }
    }

    /**
     * A table; constraints are those that can be made with it.
     *
     * @param unlogged {@code UNLOGGED} and a blank, or nothing
     * @param suffix a blank and what follows the columns, or nothing
     * @param partitions in an order in which each finds what it is a part of
     */
    public record Table(
            String name,
            String unlogged,
            List<Column> columns,
            List<Constraint> constraints,
            String suffix,
            List<Partition> partitions) {

        public Table {
            columns = List.copyOf(columns);
            constraints = List.copyOf(constraints);
            partitions = List.copyOf(partitions);
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
     * @param why what it is for, one line each; nothing for what the model itself declares
     * @param definition what follows the name, such as {@code PRIMARY KEY (id)}
     */
    public record Constraint(List<String> why, String name, String definition) {

        public Constraint {
            why = List.copyOf(why);
        }
    }

    /**
     * A partition.
     *
     * @param unlogged {@code UNLOGGED} and a blank, or nothing
     * @param of the table, or the partition, that it is a part of
     * @param bound {@code FOR VALUES} and which, or {@code DEFAULT}
     * @param suffix a blank and what follows the bound, or nothing
     */
    public record Partition(String name, String unlogged, String of, String bound, String suffix) {}

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
     * A table with row-level security.
     *
     * @param forced whether it binds the table's owner too
     */
    public record Secured(String table, boolean forced, List<Policy> policies) {

        public Secured {
            policies = List.copyOf(policies);
        }
    }

    /**
     * A policy.
     *
     * @param clauses what follows its table, each to stand on a line
     */
    public record Policy(String name, List<String> clauses) {

        public Policy {
            clauses = List.copyOf(clauses);
        }
    }

    /**
     * What somebody may do.
     *
     * @param privileges such as {@code SELECT, UPDATE (note)}
     * @param object such as {@code TABLE users}
     * @param role who
     */
    public record Granted(String privileges, String object, String role) {}

    /**
     * A description.
     *
     * @param object what it is of, such as {@code COLUMN users.email}
     * @param literal the text, quoted
     */
    public record Comment(String object, String literal) {}
}
