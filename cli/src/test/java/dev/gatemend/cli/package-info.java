/** Tests of the commands and of what they print, and of rules that hold for the whole project. */
@NullMarked
package dev.gatemend.cli;

import org.jspecify.annotations.NullMarked;
