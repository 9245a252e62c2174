/**
 * Tests of the daemon: the deciding by itself, the store on real files, all of it on a real nginx.
 */
@NullMarked
package dev.gatemend.watch;

import org.jspecify.annotations.NullMarked;
