package dev.gatemend.cli;

import dev.gatemend.model.Listen;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Peer;
import dev.gatemend.model.Position;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Site;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Upstream;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Configurations as {@code gatemend.nginx-map/1}. */
final class MapJson {
    private final JsonGenerator json;

    private MapJson(JsonGenerator json) {
        this.json = json;
    }

    static String of(Snapshot snapshot, List<NginxConfiguration> configurations) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.indented(text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", "gatemend.nginx-map/1");
            json.writeStringProperty("at", Json.time(snapshot.at()));
            json.writeStringProperty("host", snapshot.host());
            json.writeArrayPropertyStart("configurations");
            MapJson map = new MapJson(json);
            configurations.forEach(map::write);
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private void write(NginxConfiguration configuration) {
        json.writeStartObject();
        json.writeStringProperty("config", configuration.path());
        json.writeStringProperty("prefix", configuration.prefix());
        json.writeStringProperty("version", configuration.version().toString());
        Json.texts(json, "files", configuration.files().stream().map(f -> f.path()).toList());
        json.writeArrayPropertyStart("sites");
        configuration.sites().forEach(this::write);
        json.writeEndArray();
        json.writeArrayPropertyStart("upstreams");
        configuration.upstreams().forEach(this::write);
        json.writeEndArray();
        json.writeArrayPropertyStart("problems");
        configuration.problems().forEach(p -> json.writeString(p.toString()));
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Site site) {
        json.writeStartObject();
        json.writeBooleanProperty("stream", site.stream());
        Json.texts(json, "names", site.names());
        where(Optional.of(site.position()));
        json.writeArrayPropertyStart("listens");
        site.listens().forEach(this::write);
        json.writeEndArray();
        json.writeArrayPropertyStart("locations");
        site.locations().forEach(this::write);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Listen listen) {
        json.writeStartObject();
        json.writeStringProperty("address", listen.address().toString());
        json.writeBooleanProperty("tls", listen.tls());
        json.writeBooleanProperty("defaultServer", listen.defaultServer());
        where(Optional.of(listen.position()));
        json.writeEndObject();
    }

    private void write(Location location) {
        json.writeStartObject();
        json.writeStringProperty("location", location.match().written());
        where(Optional.of(location.position()));
        json.writeName("pass");
        location.pass().ifPresentOrElse(this::write, json::writeNull);
        write(location.settings());
        json.writeArrayPropertyStart("nested");
        location.nested().forEach(this::write);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Pass pass) {
        json.writeStartObject();
        json.writeStringProperty("kind", pass.kind().toString());
        json.writeStringProperty("scheme", pass.scheme());
        json.writeStringProperty("written", pass.written());
        switch (pass.target()) {
            case PassTarget.Group group -> {
                json.writeStringProperty("upstream", group.upstream());
                Json.texts(json, "possible", List.of(group.upstream()));
                Json.texts(json, "undecided", List.of());
            }
            case PassTarget.Variable variable -> {
                json.writeNullProperty("upstream");
                Json.texts(json, "possible", variable.possible());
                Json.texts(json, "undecided", variable.undecided());
            }
        }
        where(Optional.of(pass.position()));
        json.writeEndObject();
    }

    private void write(Settings settings) {
        json.writeArrayPropertyStart("settings");
        settings.byName().values().stream()
                .flatMap(List::stream)
                .forEach(
                        setting -> {
                            json.writeStartObject();
                            json.writeStringProperty("name", setting.name());
                            Json.texts(json, "arguments", setting.arguments());
                            where(setting.position());
                            json.writeEndObject();
                        });
        json.writeEndArray();
    }

    private void write(Upstream upstream) {
        json.writeStartObject();
        json.writeStringProperty("name", upstream.name());
        json.writeBooleanProperty("implicit", upstream.implicit());
        json.writeBooleanProperty("stream", upstream.stream());
        where(upstream.position());
        write(upstream.settings());
        json.writeArrayPropertyStart("peers");
        upstream.peers().forEach(this::write);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Peer peer) {
        json.writeStartObject();
        json.writeStringProperty("address", peer.address().toString());
        json.writeNumberProperty("weight", peer.weight());
        json.writeNumberProperty("maxFails", peer.maxFails());
        Json.seconds(json, "failTimeout", peer.failTimeout());
        json.writeNumberProperty("maxConns", peer.maxConns());
        json.writeBooleanProperty("backup", peer.backup());
        json.writeBooleanProperty("down", peer.down());
        json.writeBooleanProperty("resolve", peer.resolve());
        where(peer.position());
        json.writeEndObject();
    }

    /** {@code file:line:column}, or {@code null} for a default. */
    private void where(Optional<Position> position) {
        Json.text(json, "where", position.map(Position::toString));
    }
}
