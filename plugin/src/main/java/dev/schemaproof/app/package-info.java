/** The use cases: a request in, a result out; the lists of all rules, generators, engines and proofs; ports that the edge fills in. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.app;
