package dev.gatemend.host.bundle;

import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads levels of settings: an object where one first occurs, its number from then on. Levels that
 * were one value are one value again, so a snapshot takes no more memory than it did.
 */
final class SettingsReader {
    static final String OUTER = "outer";
    static final String OWN = "own";
    static final String LEVEL = "level";

    private final JsonParser json;
    private final ValueReader values;
    private final Map<Integer, Settings> levels = new HashMap<>();

    SettingsReader(JsonParser json, ValueReader values) {
        this.json = json;
        this.values = values;
    }

    Settings read() throws UnreadableBundle {
        return json.currentToken() == JsonToken.START_OBJECT ? level() : known(number());
    }

    private int number() throws UnreadableBundle {
        return (Integer) Scalars.read(Integer.class, json);
    }

    private Settings known(int number) throws UnreadableBundle {
        Settings settings = levels.get(number);
        if (settings == null) {
            throw new UnreadableBundle("there is no level " + number + " of settings before here");
        }
        return settings;
    }

    private Settings level() throws UnreadableBundle {
        Optional<Settings> outer = Optional.empty();
        Map<String, List<Setting>> own = Map.of();
        int number = -1;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case OUTER -> outer = Optional.of(read());
                case OWN -> own = own();
                case LEVEL -> number = number();
                default -> json.skipChildren();
            }
        }
        Map<String, List<Setting>> added = own;
        Settings settings = outer.map(o -> o.with(added)).orElseGet(() -> new Settings(added));
        if (number < 0 || levels.putIfAbsent(number, settings) != null) {
            throw new UnreadableBundle("a level of settings has no number of its own");
        }
        return settings;
    }

    private Map<String, List<Setting>> own() throws UnreadableBundle {
        Map<String, List<Setting>> own = new LinkedHashMap<>();
        values.expect(JsonToken.START_OBJECT, "an object");
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            own.put(name, values.items(Setting.class));
        }
        return own;
    }
}
