package dev.schemaproof.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Divides tables into partitions, by the column with which an index begins or by another. */
final class RandomPartitions {

    private RandomPartitions() {}

    /**
     * How a table is divided, in the words of the database.
     *
     * @param by the strategy and the key: {@code range (a)}
     * @param partitions the bounds by the ends of their names
     * @param under for one of these how it is divided itself
     */
    record Division(String by, Map<String, String> partitions, Map<String, Division> under) {

        String clause() {
            return " PARTITION BY " + by;
        }

        /** What creates the partitions of a table. */
        List<String> statements(String table) {
            var statements = new ArrayList<String>();
            partitions.forEach((name, bound) -> {
                var inner = under.get(name);
                statements.add("CREATE TABLE " + table + name + " PARTITION OF " + table + " "
                        + (bound.equals("default") ? "DEFAULT" : "FOR VALUES " + bound)
                        + (inner == null ? "" : inner.clause()));
                if (inner != null) {
                    statements.addAll(inner.statements(table + name));
                }
            });
            return statements;
        }

        /** In the words of the model, under an entity. */
        String yaml(String table) {
            return "    partition: " + flow(table) + "\n";
        }

        private String flow(String table) {
            var key = by.substring(by.indexOf('(') + 1, by.length() - 1);
            var text = new StringBuilder();
            partitions.forEach((name, bound) -> {
                var inner = under.get(name);
                var words = bound.replaceAll("from \\((.*)\\) to \\((.*)\\)", "from: [$1], to: [$2]")
                        .replaceAll("^in \\((.*)\\)$", "in: [$1]")
                        .replaceAll("with \\(modulus (\\d+), remainder (\\d+)\\)", "modulus: $1, remainder: $2");
                text.append(text.isEmpty() ? "" : ", ")
                        .append(table)
                        .append(name)
                        .append(": {")
                        .append(bound.equals("default") ? "default: true" : quoted(words))
                        .append(inner == null ? "" : ", partition: " + inner.flow(table + name))
                        .append('}');
            });
            return "{by: " + by.substring(0, by.indexOf(' ')) + ", on: [" + key + "], partitions: {" + text + "}}";
        }

        private static String quoted(String words) {
            return words.replaceAll("'([^']*)'", "\"'$1'\"");
        }
    }

    /** Divides a table of {@link RandomAccess}. */
    static Division division(Random random, String first) {
        var begins = List.of("a", "b", "c", "d", "e").contains(first) && random.nextInt(100) < 60;
        var column = begins ? first : List.of("a", "b", "c", "ts").get(random.nextInt(4));
        var partitions = new TreeMap<String, String>();
        if (column.equals("ts") || random.nextInt(3) == 0) {
            var ends = column.equals("ts")
                    ? List.of("minvalue", "'2026-01-01'", "'2026-02-01'", "maxvalue")
                    : List.of("minvalue", "5", "100", "maxvalue");
            for (var i = 0; i < 3; i++) {
                partitions.put("_p" + i, "from (" + ends.get(i) + ") to (" + ends.get(i + 1) + ")");
            }
            partitions.put("_rest", "default");
            return new Division("range (" + column + ")", partitions, Map.of());
        } else if (random.nextInt(2) == 0) {
            partitions.put("_p0", "in (1, 2)");
            partitions.put("_p1", "in (5)");
            partitions.put("_rest", "default");
            return new Division("list (" + column + ")", partitions, Map.of());
        }
        for (var i = 0; i < 3; i++) {
            partitions.put("_p" + i, "with (modulus 3, remainder " + i + ")");
        }
        return new Division("hash (" + column + ")", partitions, Map.of());
    }
}
