package dev.gatemend.host;

import java.io.IOException;
import java.util.List;

/**
 * The containers of Docker and Podman, by the engine's API over its unix socket: {@code GET
 * /containers/json} and one {@code GET /containers/ID/json} each. Says nothing where there is no
 * engine.
 */
public final class Containers implements Observer {
    /** Asking for one takes about three milliseconds. */
    private static final int MOST_CONTAINERS = 200;

    @Override
    public String name() {
        return "containers";
    }

    @Override
    public void look(Look look) {
        for (Engines.Engine engine : Engines.of(look.host())) {
            if (engine.serving()) {
                ask(look, engine);
            } else {
                look.couldNotLook(
                        "%s was not seen running, and asking %s might start it; try %s ps --all"
                                .formatted(engine.name(), engine.socket(), engine.name()));
            }
        }
    }

    private static void ask(Look look, Engines.Engine engine) {
        EngineSocket socket = new EngineSocket(engine.socket());
        try {
            List<String> ids =
                    socket.get("/containers/json?all=1").items().stream()
                            .flatMap(c -> c.at("Id").text().stream())
                            .filter(id -> id.matches("[0-9a-f]{12,64}"))
                            .toList();
            for (String id : ids.subList(0, Math.min(ids.size(), MOST_CONTAINERS))) {
                inspect(look, engine, socket, id);
            }
            if (ids.size() > MOST_CONTAINERS) {
                look.couldNotLook(
                        "%d containers more than %d were not asked about"
                                .formatted(ids.size() - MOST_CONTAINERS, MOST_CONTAINERS));
            }
        } catch (IOException e) {
            look.couldNotLook(
                    "cannot ask %s: %s%s"
                            .formatted(
                                    engine.name(),
                                    Because.of(e),
                                    look.host().privileged() ? "" : "; run with sudo"));
        }
    }

    /** One that was removed since it was listed is no trouble. */
    private static void inspect(Look look, Engines.Engine engine, EngineSocket socket, String id)
            throws IOException {
        Json answer;
        try {
            answer = socket.get("/containers/" + id + "/json");
        } catch (UnixHttp.Missing e) {
            return;
        }
        ShownContainer.read(engine.name(), id, answer)
                .ifPresent(c -> look.add(c, engine.name() + " inspect " + c.name()));
    }
}
