package dev.schemaproof.analysis.keyvalue;

import java.util.ArrayList;
import java.util.List;

/**
 * A value in a request, made of fixed text and parameters.
 *
 * @param type the type in DynamoDB
 * @param pieces in order; neighbouring texts are one
 */
public record RequestValue(StorageType type, List<Piece> pieces) {

    public RequestValue {
        pieces = joined(pieces);
    }

    /** A piece of a value. */
    public sealed interface Piece {

        /** Fixed text. */
        record Text(String text) implements Piece {}

        /**
         * What the application puts in.
         *
         * @param name the parameter's name
         * @param format how it is written, as in key templates; empty for its plain form
         */
        record Parameter(String name, String format) implements Piece {}

        /**
         * The number of a shard, where the request is made once for each of them.
         *
         * @param count how many there are, numbered from 0
         */
        record EachShard(int count) implements Piece {}
    }

    /** A fixed text. */
    static RequestValue text(String text) {
        return new RequestValue(StorageType.S, List.of(new Piece.Text(text)));
    }

    /** The same with text behind it. */
    RequestValue followedBy(String text) {
        var all = new ArrayList<>(pieces);
        all.add(new Piece.Text(text));
        return new RequestValue(type, all);
    }

    private static List<Piece> joined(List<Piece> pieces) {
        var result = new ArrayList<Piece>();
        for (var piece : pieces) {
            var last = result.size() - 1;
            if (piece instanceof Piece.Text text && last >= 0 && result.get(last) instanceof Piece.Text before) {
                result.set(last, new Piece.Text(before.text + text.text));
            } else if (!(piece instanceof Piece.Text text && text.text.isEmpty()) || pieces.size() == 1) {
                result.add(piece);
            }
        }
        return List.copyOf(result);
    }
}
