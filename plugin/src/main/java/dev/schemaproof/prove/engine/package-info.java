/** Engines: the databases that a proof runs on, started for one run and gone after it. */
@NullMarked
package dev.schemaproof.prove.engine;

import org.jspecify.annotations.NullMarked;
