package dev.gatemend.host;

import dev.gatemend.model.ApplicationLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the applications behind nginx's peers wrote last to logs of their own. A log belongs to a
 * peer because a process that serves it, or was started to, holds it open, or because its unit, its
 * supervisor or its container says so. Nobody's log is taken for the name of its file.
 */
public final class ApplicationLogs implements Observer {
    private static final int MOST = 24;

    ApplicationLogs() {}

    @Override
    public String name() {
        return "application log";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void look(Look look) throws InterruptedException {
        List<ApplicationLogPlace> places = ApplicationLogPlaces.of(look);
        for (ApplicationLogPlace place : places.stream().limit(MOST).toList()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            read(look, place);
        }
        if (places.size() > MOST) {
            look.couldNotLook(
                    "%d logs more than %d were not read".formatted(places.size() - MOST, MOST));
        }
    }

    private static void read(Look look, ApplicationLogPlace place) {
        try {
            // A pipe or a device would make the reading wait.
            if (!Files.isRegularFile(place.file())) {
                return;
            }
            Instant changed =
                    Files.readAttributes(place.file(), BasicFileAttributes.class, new LinkOption[0])
                            .lastModifiedTime()
                            .toInstant();
            LogTail tail =
                    LogTail.read(place.file(), look.request().window(), look.request().zone());
            look.add(
                    new ApplicationLog(
                            place.path(),
                            place.writer(),
                            List.copyOf(place.peers()),
                            place.pids().stream().sorted().toList(),
                            changed,
                            tail.lines(),
                            tail.cut()),
                    place.path());
        } catch (IOException e) {
            look.couldNotLook(place.path() + ": " + Because.of(e));
        }
    }
}
