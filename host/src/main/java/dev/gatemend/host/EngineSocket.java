package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Path;

/** Asks a container engine over its unix socket. Only GET is ever sent. */
final class EngineSocket {
    /** The description of one container has some ten kilobytes, a list of 200 about half a MB. */
    private static final int MOST_BYTES = 8 << 20;

    private final Path socket;

    EngineSocket(Path socket) {
        this.socket = socket;
    }

    /**
     * The body of the answer.
     *
     * @throws UnixHttp.Missing when the engine knows nothing of that name
     * @throws IOException when it may not be asked or refuses
     */
    Json get(String target) throws IOException {
        return Json.read(UnixHttp.ask(socket, UnixHttp.Request.get(target), MOST_BYTES));
    }
}
