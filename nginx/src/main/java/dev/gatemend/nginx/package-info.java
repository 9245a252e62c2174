/**
 * Reading nginx as nginx does: its configuration ({@code dev.gatemend.nginx.config}) and its logs
 * ({@code dev.gatemend.nginx.log}). Nothing here touches the host: bytes are handed in by whoever
 * may look.
 */
@NullMarked
package dev.gatemend.nginx;

import org.jspecify.annotations.NullMarked;
