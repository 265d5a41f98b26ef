package dev.schemaproof.generate.relational;

import dev.schemaproof.generate.relational.SchemaScript.Comment;
import dev.schemaproof.generate.relational.SchemaScript.Granted;
import dev.schemaproof.generate.relational.SchemaScript.Index;
import java.util.List;

/**
 * A materialized view, as templates print it. Names and expressions are SQL already.
 *
 * @param contract the contract that asks for it, as words of a comment
 * @param columns its columns
 * @param suffix a blank and its storage parameters, or nothing
 * @param selected the columns of the query, cast to what the model declares
 * @param query what it shows, without a semicolon
 * @param indexes its keys and indexes
 * @param grants who may do what
 * @param comments descriptions, for the catalog
 */
public record ViewScript(
        String contract,
        String name,
        List<String> columns,
        String suffix,
        List<String> selected,
        String query,
        List<Index> indexes,
        List<Granted> grants,
        List<Comment> comments) {

    public ViewScript {
        columns = List.copyOf(columns);
        selected = List.copyOf(selected);
        indexes = List.copyOf(indexes);
        grants = List.copyOf(grants);
        comments = List.copyOf(comments);
    }
}
