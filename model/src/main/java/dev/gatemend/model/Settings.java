package dev.gatemend.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directives in effect at one place, each with where it comes from. A directive that may stand
 * several times ({@code proxy_set_header}, {@code access_log}) has several settings, in the order
 * they are written.
 */
public record Settings(Map<String, List<Setting>> byName) {
    public static final Settings NONE = new Settings(Map.of());

    public Settings {
        if (!(byName instanceof LayeredMap)) {
            Map<String, List<Setting>> copy = new LinkedHashMap<>();
            byName.forEach((name, settings) -> copy.put(name, List.copyOf(settings)));
            byName = Collections.unmodifiableMap(copy);
        }
    }

    /**
     * These settings with those of an inner level over them; shares memory with these.
     *
     * @param own of the inner level; a name with an empty list hides the outer one
     */
    public Settings with(Map<String, List<Setting>> own) {
        return own.isEmpty() ? this : new Settings(new LayeredMap(this, new Settings(own).byName));
    }

    /**
     * The level around this one, the very value that {@link #with} was called on; empty for an
     * outermost one.
     */
    public Optional<Settings> outer() {
        return byName instanceof LayeredMap layers ? Optional.of(layers.outer()) : Optional.empty();
    }

    /** What this level adds to {@link #outer}, as {@link #with} was given it. */
    public Map<String, List<Setting>> own() {
        return byName instanceof LayeredMap layers ? layers.own() : byName;
    }

    public static Settings of(List<Setting> settings) {
        Map<String, List<Setting>> map = new LinkedHashMap<>();
        settings.forEach(s -> map.computeIfAbsent(s.name(), name -> new ArrayList<>()).add(s));
        return new Settings(map);
    }

    public List<Setting> all(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** The last one written, which is the one nginx uses where only one may stand. */
    public Optional<Setting> get(String name) {
        List<Setting> settings = all(name);
        return settings.isEmpty() ? Optional.empty() : Optional.of(settings.getLast());
    }

    /** The first argument of {@code name}, if it is in effect. */
    public Optional<String> value(String name) {
        return get(name).map(Setting::value);
    }
}
