package dev.gatemend.host;

import dev.gatemend.host.logs.LogFile;
import dev.gatemend.model.Fact;
import dev.gatemend.model.LogScan;
import dev.gatemend.nginx.log.AccessLogScanner;
import dev.gatemend.nginx.log.ErrorLogScanner;
import dev.gatemend.nginx.log.LogBytes;
import dev.gatemend.nginx.log.LogFindings;
import dev.gatemend.nginx.log.LogQuestion;
import dev.gatemend.nginx.log.ScanLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;

/** Hands a log to its scanner and what that finds to the look. */
final class LogReading {
    private static final long LEAST_BYTES = 256 << 10;

    private final Look look;
    private final BooleanSupplier late;
    private final BooleanSupplier tooLate;
    private final Shared shared;

    /**
     * What the readers of one look share.
     *
     * @param read keys of the files that were read already
     * @param open what each master holds open
     * @param zones each master writes its error log in
     */
    record Shared(Set<Object> read, Map<Integer, Optional<OpenFiles>> open, LogZones zones) {
        static Shared of(LogZones zones) {
            return new Shared(ConcurrentHashMap.newKeySet(), new ConcurrentHashMap<>(), zones);
        }
    }

    /**
     * @param late whether the time for one log is over
     * @param tooLate whether the time for a second, shorter try is over too
     */
    LogReading(Look look, BooleanSupplier late, BooleanSupplier tooLate, Shared shared) {
        this.look = look;
        this.late = late;
        this.tooLate = tooLate;
        this.shared = shared;
    }

    /** What a process holds open; empty when that may not be known. */
    Optional<OpenFiles> openFiles(int pid) {
        return shared.open()
                .computeIfAbsent(pid, _ -> OpenFiles.of(look.host().proc().resolve(pid + "/fd")));
    }

    /**
     * Reads a regular file and its rotated parts.
     *
     * @param shown the path as nginx knows it
     */
    void file(LogTarget target, Path file, String shown) throws IOException {
        Instant from = look.request().window().from();
        // Oldest first: so the groups of one log come in the order of its lines.
        List<RotatedLogs.Part> parts = RotatedLogs.beside(file, from);
        for (RotatedLogs.Part part : parts.reversed()) {
            String name = part.file().getFileName().toString();
            String path = shown.substring(0, shown.lastIndexOf('/') + 1) + name;
            try {
                rotated(target, part.file(), path);
            } catch (IOException e) {
                look.couldNotLook("the rotated log " + path + ": " + Because.of(e));
            }
        }
        one(target, file, shown, shown);
    }

    /**
     * Reads one regular file.
     *
     * @param how a command or path that shows the same
     */
    void one(LogTarget target, Path file, String shown, String how) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        // Two masters, or an error_log and a link to it, may name one file.
        if (!shared.read().add(List.of(String.valueOf(attributes.fileKey()), target.error()))) {
            return;
        }
        Instant modified = attributes.lastModifiedTime().toInstant();
        if (modified.isBefore(look.request().window().from())) {
            long size = attributes.size();
            Optional<Instant> last = size > 0 ? Optional.of(modified) : Optional.empty();
            look.add(new LogScan(shown, target.error(), size, 0, 0, 0, 0, last), how);
            return;
        }
        try (LogFile bytes = LogFile.open(file)) {
            scan(target, bytes, shown, how);
        }
    }

    private void rotated(LogTarget target, Path file, String shown) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".gz")) {
            try (InputStream stream =
                    new GZIPInputStream(
                            Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), 1 << 16)) {
                HeldLog held = HeldLog.of(stream, late);
                if (!held.whole()) {
                    look.couldNotLook(shown + ": only a part was unpacked; more by zcat " + shown);
                }
                scan(target, held, shown, "zcat " + shown);
            }
        } else if (name.matches(".*\\.(xz|zst|bz2)")) {
            look.couldNotLook(
                    shown + " lies in the window but is packed; unpack it and use --from");
        } else {
            one(target, file, shown, shown);
        }
    }

    /** Reads bytes that were opened or gathered elsewhere. */
    void scan(LogTarget target, LogBytes bytes, String shown, String how) throws IOException {
        ScanLimits most = target.error() ? ScanLimits.forErrors() : ScanLimits.forAccesses();
        LogFindings<? extends Fact> findings = scan(target, bytes, shown, most.stoppedBy(late));
        if (findings.stopped()) {
            // Stopped on its way from the window's beginning. What it managed tells how much can be
            // read in the time: a safe part of that from the end, where the trouble is.
            long affordable = Math.max(LEAST_BYTES, findings.scan().bytesRead() / 4);
            findings = scan(target, bytes, shown, new ScanLimits(affordable, tooLate));
        }
        findings.groups().forEach(group -> look.add(group, how));
        look.add(findings.scan(), how);
        findings.notes().forEach(look::couldNotLook);
    }

    private LogFindings<? extends Fact> scan(
            LogTarget target, LogBytes bytes, String shown, ScanLimits limits) throws IOException {
        LogQuestion question =
                new LogQuestion(
                        target.pid(),
                        shown,
                        target.error() ? shared.zones().of(target) : look.request().zone(),
                        look.request().window(),
                        target.places(),
                        target.sockets(),
                        limits);
        return target.error()
                ? ErrorLogScanner.scan(bytes, question)
                : AccessLogScanner.scan(bytes, question, target.compiled());
    }
}
