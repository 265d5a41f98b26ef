/**
 * The theory of functional and multivalued dependencies over sets of attribute positions ({@code DependencySet}: closures,
 * covers, keys, normal forms, decompositions, each with its certificate and its bound), and the dependencies that the
 * entities of a model have ({@code EntityDependencies}).
 */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.normal;
