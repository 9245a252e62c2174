package dev.gatemend.cli;

import dev.gatemend.model.Symptom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The first line of an answer: what fails, where, since when, how much, and who made it. */
final class Headline {
    private static final int NAMED_SITES = 2;

    private final Symptom symptom;
    private final ZoneId zone;
    private final Instant now;

    private Headline(Symptom symptom, ZoneId zone, Instant now) {
        this.symptom = symptom;
        this.zone = zone;
        this.now = now;
    }

    /**
     * @param zone in which times are shown
     * @param now times of another day carry it
     */
    static String of(Symptom symptom, ZoneId zone, Instant now) {
        Headline headline = new Headline(symptom, zone, now);
        return switch (symptom.kind()) {
            case TRAFFIC -> headline.traffic();
            case NOT_RUNNING ->
                    (symptom.nginx() == 0 ? "nginx is not running" : "nginx serves no request")
                            + headline.when();
            case CONFIG_REFUSED -> headline.refused();
            case LATENT -> headline.latent();
        };
    }

    private String traffic() {
        if (symptom.requests() == 0 && symptom.hidden() > 0) {
            return "%s%s%s; clients got their answers all the same, by the access log"
                    .formatted(Words.count(symptom.hidden(), "failed attempt"), place(), when());
        }
        return what() + place() + when() + howMany() + maker();
    }

    private String refused() {
        return symptom.nginx() == 0
                ? "nginx refuses its configuration and does not start"
                : "nginx refuses the configuration on disk: a reload changes nothing, a restart would leave it down";
    }

    /** Nothing failed as far as logs were read; only where a peer is named, requests will. */
    private String latent() {
        String sites = siteNames();
        String where = sites.isEmpty() ? "" : " on " + sites;
        return symptom.peer()
                .map(
                        p ->
                                "requests%s that go to %s fail; no log that was read shows one yet"
                                        .formatted(where, p))
                .orElse("no request has failed yet" + where + ", but soon one will");
    }

    /** The statuses, the most frequent first. */
    private String what() {
        List<String> statuses =
                symptom.statuses().entrySet().stream()
                        .sorted(
                                Map.Entry.<Integer, Long>comparingByValue()
                                        .reversed()
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .map(e -> e.getKey().toString())
                        .toList();
        if (statuses.isEmpty()) {
            return "requests fail";
        }
        boolean said = symptom.statuses().values().stream().allMatch(count -> count == 0);
        return Words.list(statuses) + (said ? ", by what the text says" : "");
    }

    private String place() {
        String sites = siteNames();
        return sites.isEmpty()
                ? Stream.of(symptom.upstream(), symptom.peer())
                        .flatMap(Optional::stream)
                        .findFirst()
                        .map(u -> " at " + u)
                        .orElse("")
                : " on " + sites + location();
    }

    private String siteNames() {
        List<String> sites =
                symptom.sites().isEmpty() ? symptom.site().stream().toList() : symptom.sites();
        return sites.size() <= NAMED_SITES
                ? Words.list(sites)
                : String.join(", ", sites.subList(0, NAMED_SITES))
                        + " and "
                        + Words.count(sites.size() - NAMED_SITES, "more site");
    }

    /** A path is written behind the name; anything else is named as the location it is. */
    private String location() {
        return symptom.sites().size() > 1
                ? ""
                : symptom.location()
                        .filter(written -> !written.isEmpty() && !written.equals("/"))
                        .map(w -> w.startsWith("/") ? w : " (location " + w + ")")
                        .orElse("");
    }

    private String when() {
        if (symptom.first().isEmpty()) {
            return "";
        }
        String first = Words.clock(symptom.first().get(), zone, now);
        if (symptom.ongoing()) {
            return " since " + first;
        }
        String last = symptom.last().map(l -> Words.clock(l, zone, now)).orElse(first);
        return last.equals(first) ? " at " + first : " from " + first + " to " + last;
    }

    private String howMany() {
        String over = symptom.ongoing() ? "" : ", not since";
        if (symptom.requests() == 0) {
            return over;
        }
        String requests =
                symptom.total().isPresent()
                        ? Words.thousands(symptom.requests())
                                + " of "
                                + Words.count(symptom.total().getAsLong(), "request")
                        : Words.count(symptom.requests(), "request");
        String hidden =
                symptom.hidden() == 0
                        ? ""
                        : ", and " + Words.thousands(symptom.hidden()) + " retried unseen";
        return ", " + requests + hidden + over;
    }

    private String maker() {
        return switch (symptom.madeBy()) {
            case NGINX -> "; made by nginx, not by the app";
            case UPSTREAM -> "; made by the app, nginx passed it on";
            case UNKNOWN -> "; nginx or the app, the logs do not say who";
        };
    }
}
