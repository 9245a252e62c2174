/** Tests of reading an nginx configuration, with a real nginx as oracle where its words matter. */
@NullMarked
package dev.gatemend.nginx.config;

import org.jspecify.annotations.NullMarked;
