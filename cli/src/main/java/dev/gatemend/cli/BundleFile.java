package dev.gatemend.cli;

import dev.gatemend.host.bundle.Bundle;
import dev.gatemend.host.bundle.UnreadableBundle;
import dev.gatemend.model.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Bundles in files. */
final class BundleFile {
    /** In place of a file's name: standard input or output. */
    static final String STANDARD = "-";

    private static final String PACKED = ".gz";

    private BundleFile() {}

    /**
     * The snapshot of a bundle.
     *
     * @param discretion whether its secrets are taken out, where the writer has not done so
     * @throws UsageException when it cannot be read
     */
    static Snapshot read(String name, Discretion discretion) {
        try (InputStream in = open(name)) {
            Bundle bundle = Bundle.readFrom(in);
            return bundle.redacted().isPresent()
                    ? bundle.snapshot()
                    : discretion.of(bundle.snapshot());
        } catch (UnreadableBundle e) {
            throw new UsageException(name + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UsageException(name + ": cannot be read: " + NewFile.why(e), e);
        }
    }

    private static InputStream open(String name) throws IOException {
        return name.equals(STANDARD) ? System.in : Files.newInputStream(LookOptions.readable(name));
    }

    /** Writes one, packed where the file's name says so. */
    static void write(Bundle bundle, Path file, boolean replace) {
        boolean packed = file.toString().endsWith(PACKED);
        NewFile.write(
                file,
                replace,
                out -> {
                    if (packed) {
                        pack(bundle, out);
                    } else {
                        bundle.writeTo(out);
                    }
                });
    }

    private static void pack(Bundle bundle, OutputStream out) throws IOException {
        GZIPOutputStream packed = new GZIPOutputStream(out, 1 << 16);
        bundle.writeTo(packed);
        // Not closed: the file below has to reach the disk first.
        packed.finish();
    }
}
