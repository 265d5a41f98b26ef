/** Decompositions as a team meets them: pasted from the help of a finding, proven, and carried out in a database. */
package dev.schemaproof.cure;
