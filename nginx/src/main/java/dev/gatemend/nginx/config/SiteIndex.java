package dev.gatemend.nginx.config;

import dev.gatemend.model.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one port, searched by name as {@code ngx_http_find_virtual_server} does: exact,
 * the longest {@code *.x}, the longest {@code x.*}, regexes in their order, the default.
 */
final class SiteIndex {
    private final Map<String, Site> exact = new HashMap<>();
    private final Map<String, Site> leading = new HashMap<>();
    private final Map<String, Site> trailing = new HashMap<>();
    private final List<RegexName> regexes = new ArrayList<>();
    private Optional<Site> otherwise = Optional.empty();

    private record RegexName(PcrePattern pattern, Site site) {}

    /** Adds a site; the first one with a name keeps it. */
    void add(Site site, boolean isDefault, Consumer<String> untranslatable) {
        if (isDefault && otherwise.isEmpty()) {
            otherwise = Optional.of(site);
        }
        for (String written : site.names()) {
            String name = written.toLowerCase(Locale.ROOT);
            if (name.startsWith("~")) {
                PcrePattern.translate(written.substring(1), true)
                        .ifPresentOrElse(
                                pattern -> regexes.add(new RegexName(pattern, site)),
                                () -> untranslatable.accept(written));
            } else if (name.startsWith("*.")) {
                leading.putIfAbsent(name.substring(2), site);
            } else if (name.startsWith(".")) {
                leading.putIfAbsent(name.substring(1), site);
                exact.putIfAbsent(name.substring(1), site);
            } else if (name.endsWith(".*")) {
                trailing.putIfAbsent(name.substring(0, name.length() - 2), site);
            } else {
                exact.putIfAbsent(name, site);
            }
        }
    }

    /**
     * The site for a name.
     *
     * @param name in lower case, without port
     */
    Optional<Site> find(String name) {
        Site site = exact.get(name);
        if (site == null) {
            site = byWildcard(name);
        }
        return site != null ? Optional.of(site) : byRegex(name).or(() -> otherwise);
    }

    private @Nullable Site byWildcard(String name) {
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            Site site = leading.get(name.substring(dot + 1));
            if (site != null) {
                return site;
            }
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            Site site = trailing.get(name.substring(0, dot));
            if (site != null) {
                return site;
            }
        }
        return null;
    }

    private Optional<Site> byRegex(String name) {
        for (RegexName regex : regexes) {
            if (regex.pattern().find(name)) {
                return Optional.of(regex.site());
            }
        }
        return Optional.empty();
    }
}
