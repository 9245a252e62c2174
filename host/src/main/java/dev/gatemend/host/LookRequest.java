package dev.gatemend.host;

import dev.gatemend.model.Window;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What somebody asked to be looked at.
 *
 * @param window that logs and journals are read for
 * @param zone in which error-log times are read
 * @param configuration of {@code --config}: look at masters that use this file, and at this file if
 *     none does
 * @param nginxBinary of {@code --nginx}
 * @param url of {@code --url}: asked through nginx as well
 */
public record LookRequest(
        Window window,
        ZoneId zone,
        Optional<Path> configuration,
        Optional<Path> nginxBinary,
        Optional<URI> url) {
    /** The same question at another moment. */
    public LookRequest endingAt(Instant now) {
        return new LookRequest(
                Window.endingAt(now, Duration.between(window.from(), window.to())),
                zone,
                configuration,
                nginxBinary,
                url);
    }
}
