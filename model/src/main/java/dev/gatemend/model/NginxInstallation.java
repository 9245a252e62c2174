package dev.gatemend.model;

import java.util.Optional;

/**
 * An nginx that is installed here, running or not.
 *
 * @param binary its path
 * @param configuration the nginx.conf it would read: of {@code --config}, else of {@code -V}
 * @param expected why it should be running: an enabled unit, a pid file left behind; empty when
 *     nothing says so
 */
public record NginxInstallation(
        String binary,
        Optional<Version> version,
        String prefix,
        String configuration,
        Optional<String> expected)
        implements Fact {}
