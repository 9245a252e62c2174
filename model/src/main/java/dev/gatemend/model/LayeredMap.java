package dev.gatemend.model;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a level sets, over what it inherits: a location shares its server's map instead of copying
 * it, because fifty thousand servers with a hundred settings each would not fit into memory.
 * Immutable; the maps handed in must not be changed afterwards.
 */
final class LayeredMap extends AbstractMap<String, List<Setting>> {
    private final Settings outer;
    private final Map<String, List<Setting>> own;

    /**
     * @param own an empty list hides what {@code outer} says
     */
    LayeredMap(Settings outer, Map<String, List<Setting>> own) {
        this.outer = outer;
        this.own = own;
    }

    Settings outer() {
        return outer;
    }

    Map<String, List<Setting>> own() {
        return own;
    }

    @Override
    public List<Setting> getOrDefault(Object name, List<Setting> otherwise) {
        List<Setting> settings = own.get(name);
        if (settings == null) {
            return outer.byName().getOrDefault(name, otherwise);
        }
        return settings.isEmpty() ? otherwise : settings;
    }

    @Override
    public List<Setting> get(Object name) {
        return getOrDefault(name, List.of());
    }

    @Override
    public boolean containsKey(Object name) {
        return !get(name).isEmpty();
    }

    @Override
    public Set<Map.Entry<String, List<Setting>>> entrySet() {
        Map<String, List<Setting>> all = new LinkedHashMap<>(outer.byName());
        all.putAll(own);
        all.values().removeIf(List::isEmpty);
        return Collections.unmodifiableMap(all).entrySet();
    }
}
