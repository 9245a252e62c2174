/**
 * The fault bench: real nginx, real applications, broken on purpose and put back, with controls
 * where nothing is wrong. Needed at run time by {@code gatemend demo} and {@code gatemend lab}
 * alone.
 */
@NullMarked
package dev.gatemend.lab;

import org.jspecify.annotations.NullMarked;
