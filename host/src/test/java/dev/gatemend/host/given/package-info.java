/** Tests of reading given text. */
@NullMarked
package dev.gatemend.host.given;

import org.jspecify.annotations.NullMarked;
