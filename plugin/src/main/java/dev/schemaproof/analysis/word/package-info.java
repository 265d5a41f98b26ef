/** The words that names are made of, in English and as programmers join them. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.word;
