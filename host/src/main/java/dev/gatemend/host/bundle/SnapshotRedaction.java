package dev.gatemend.host.bundle;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.ApplicationLog;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.JournalLine;
import dev.gatemend.model.LogFormat;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.Position;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Snapshot;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through every text of a snapshot, also of facts that are yet to be invented. A value in
 * which nothing is secret is handed back as it is, not copied.
 */
final class SnapshotRedaction {
    /** Directives whose first argument names what the second one is. */
    private static final Set<String> NAMING =
            Set.of(
                    "add_header",
                    "fastcgi_param",
                    "grpc_set_header",
                    "proxy_set_header",
                    "scgi_param",
                    "set",
                    "uwsgi_param");

    /** Directives that hold a secret: ngx_http_secure_link_module. */
    private static final Set<String> SECRET_DIRECTIVES =
            Set.of("secure_link_md5", "secure_link_secret");

    private final Snapshot snapshot;
    private final Pseudonyms secrets = new Pseudonyms("redacted");
    private final Visitors visitors;
    private final IdentityHashMap<Map<?, ?>, Settings> levels = new IdentityHashMap<>();

    SnapshotRedaction(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.visitors = new Visitors(snapshot, secrets);
    }

    Snapshot snapshot() {
        return (Snapshot) parts(snapshot);
    }

    /** Of what was taken out so far. */
    Bundle.Tally tally() {
        return new Bundle.Tally(secrets.count(), visitors.count());
    }

    private Object value(Object value) {
        return switch (value) {
            case String text -> text(text);
            // Places: nothing secret stands in them, and a place must stay where it is.
            case Address _, Position _, PathWalk _, LogFormat _ -> value;
            case ErrorEntry entry -> parts(visitors.hide(entry));
            case AccessGroup group -> parts(visitors.hide(group));
            case JournalLine line ->
                    parts(new JournalLine(line.unit(), line.at(), visitors.hideNames(line.text())));
            case ApplicationLog.Line line -> parts(visitors.hide(line));
            case Settings settings -> settings(settings);
            case Setting setting -> setting(setting);
            case Optional<?> optional -> optional.isPresent() ? optional(optional) : optional;
            case List<?> items -> items(items);
            case Record thing -> parts(thing);
            default -> value;
        };
    }

    /** Untouched, which takes no time to see however much there is in it. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object after, Object before) {
        return after == before;
    }

    private String text(String text) {
        return Secrets.replace(text, secrets::of);
    }

    private Optional<?> optional(Optional<?> optional) {
        Object before = optional.orElseThrow();
        Object after = value(before);
        return isSame(after, before) ? optional : Optional.of(after);
    }

    private List<?> items(List<?> items) {
        List<Object> after = new ArrayList<>(items.size());
        boolean changed = false;
        for (Object item : items) {
            Object rest = value(item);
            changed |= !isSame(rest, item);
            after.add(rest);
        }
        return changed ? after : items;
    }

    private Object parts(Record thing) {
        Shape shape = Shape.of(thing.getClass());
        Object[] after = new Object[shape.parts().size()];
        boolean changed = false;
        for (int i = 0; i < after.length; i++) {
            Object before = shape.value(shape.parts().get(i), thing);
            after[i] = value(before);
            changed |= !isSame(after[i], before);
        }
        return changed ? made(shape, after) : thing;
    }

    private static Object made(Shape shape, Object[] values) {
        try {
            return shape.with(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("without its secrets: " + shape.type().getName(), e);
        }
    }

    /** A level is gone through once, and what inherits it goes on sharing it. */
    private Settings settings(Settings settings) {
        Settings known = levels.get(settings.byName());
        if (known == null) {
            known = level(settings);
            levels.put(settings.byName(), known);
        }
        return known;
    }

    private Settings level(Settings settings) {
        Optional<Settings> outer = settings.outer().map(this::settings);
        Map<String, List<Setting>> own = new LinkedHashMap<>();
        boolean changed = outer.isPresent() && !isSame(outer.get(), settings.outer().orElseThrow());
        for (Map.Entry<String, List<Setting>> entry : settings.own().entrySet()) {
            List<Setting> after = entry.getValue().stream().map(this::setting).toList();
            changed |= !after.equals(entry.getValue());
            own.put(entry.getKey(), after);
        }
        if (!changed) {
            return settings;
        }
        return outer.map(o -> o.with(own)).orElseGet(() -> new Settings(own));
    }

    private Setting setting(Setting setting) {
        List<String> arguments = setting.arguments();
        int first = firstSecret(setting);
        List<String> after = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            after.add(i >= first && isWritten(argument) ? secrets.of(argument) : text(argument));
        }
        return after.equals(arguments)
                ? setting
                : new Setting(setting.name(), after, setting.position());
    }

    /** From which argument on the setting is a secret as a whole. */
    private static int firstSecret(Setting setting) {
        if (SECRET_DIRECTIVES.contains(setting.name())) {
            return 0;
        }
        boolean named =
                NAMING.contains(setting.name())
                        && setting.arguments().size() > 1
                        && Secrets.isNameOfOne(setting.value().replace("$", ""));
        return named ? 1 : Integer.MAX_VALUE;
    }

    /** A variable is no secret, only its value would be; nor is what a secret was replaced by. */
    private static boolean isWritten(String argument) {
        return !argument.isEmpty()
                && !argument.startsWith("[redacted")
                && !argument.matches("(?i)(?:(?:basic|bearer) )?\\$\\w+|\\$\\{\\w+}");
    }
}
