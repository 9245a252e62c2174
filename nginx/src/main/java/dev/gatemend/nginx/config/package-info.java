/**
 * Reading an nginx configuration as nginx does: a lossless parser, includes, nginx's own refusals,
 * the effective view, and which location serves a URL. Not here: opening files (the caller hands in
 * {@link dev.gatemend.nginx.config.ConfigurationFiles}), resolving names, judging what is read.
 */
@NullMarked
package dev.gatemend.nginx.config;

import org.jspecify.annotations.NullMarked;
