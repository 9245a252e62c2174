package dev.gatemend.watch;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.host.Host;
import dev.gatemend.host.LookRequest;
import dev.gatemend.host.Looker;
import dev.gatemend.host.Observers;
import dev.gatemend.host.bundle.Bundle;
import dev.gatemend.host.bundle.Redacted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** As {@code gatemend diagnose} does it: secrets are taken out before anything is judged. */
record HostExaminer(Host host, Function<Instant, LookRequest> request, String version)
        implements Examiner {
    @Override
    public Examined examine(Instant now, Optional<Path> configuration) throws InterruptedException {
        Looker looker = new Looker(host, Observers.all(), InstantSource.system());
        Redacted seen = Redacted.of(looker.look(asked(now, configuration)).snapshot());
        return new Examined(
                new Diagnostician(Causes.all()).diagnose(seen.snapshot()),
                packed(new Bundle(version, Optional.of(seen.tally()), seen.snapshot())));
    }

    private LookRequest asked(Instant now, Optional<Path> configuration) {
        LookRequest usual = request.apply(now);
        return new LookRequest(
                usual.window(),
                usual.zone(),
                configuration.or(usual::configuration),
                usual.nginxBinary(),
                usual.url());
    }

    private static byte[] packed(Bundle bundle) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            bundle.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
