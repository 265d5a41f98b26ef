package dev.schemaproof.generate.relational;

import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.TopologicalOrderIterator;

/**
 * The order in which tables are made: a table after those it refers to, and where that leaves a choice, as declared.
 * Entities that refer to each other in a circle stand together as declared; what closes the circle has to be added later.
 */
final class TableOrder {

    private final List<Entity> tables = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();

    /** The order for the entities of one store. */
    TableOrder(List<Entity> entities) {
        var graph = new SimpleDirectedGraph<Integer, DefaultEdge>(DefaultEdge.class);
        var declared = new HashMap<String, Integer>();
        for (var entity : entities) {
            graph.addVertex(declared.size());
            declared.put(entity.name().value(), declared.size());
        }
        for (var entity : entities) {
            var from = declared.get(entity.name().value());
            for (var reference : entity.references().values()) {
                var to = declared.get(reference.entity().value());
                if (to != null && !to.equals(from)) {
                    graph.addEdge(to, from);
                }
            }
        }
        for (var circle : circles(graph)) {
            circle.stream().sorted().map(entities::get).forEach(this::place);
        }
    }

    /** The strongly connected components in topological order; each stands for its member that is declared first. */
    private static List<Set<Integer>> circles(SimpleDirectedGraph<Integer, DefaultEdge> graph) {
        var circles = new TreeMap<Integer, Set<Integer>>();
        var representative = new HashMap<Integer, Integer>();
        for (var component : new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets()) {
            var first = component.stream().min(Integer::compare).orElseThrow();
            circles.put(first, new HashSet<>(component));
            component.forEach(member -> representative.put(member, first));
        }
        var condensed = new SimpleDirectedGraph<Integer, DefaultEdge>(DefaultEdge.class);
        circles.keySet().forEach(condensed::addVertex);
        for (var edge : graph.edgeSet()) {
            var from = representative.get(graph.getEdgeSource(edge));
            var to = representative.get(graph.getEdgeTarget(edge));
            if (from != null && to != null && !from.equals(to)) {
                condensed.addEdge(from, to);
            }
        }
        var ordered = new ArrayList<Set<Integer>>();
        new TopologicalOrderIterator<>(condensed, Integer::compare)
                .forEachRemaining(first -> ordered.add(circles.get(first)));
        return ordered;
    }

    private void place(Entity entity) {
        places.put(entity.name().value(), tables.size());
        tables.add(entity);
    }

    List<Entity> tables() {
        return tables;
    }

    /** Whether the reference leads to a table of this store: a foreign key cannot lead into another database. */
    boolean holds(Reference reference) {
        return places.containsKey(reference.entity().value());
    }

    /** Whether the table referred to is there when the entity's own table is made, or is that table. */
    boolean resolved(Entity entity, Reference reference) {
        var own = places.get(entity.name().value());
        var referred = places.get(reference.entity().value());
        return own != null && referred != null && referred <= own;
    }
}
