package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.ErrorEffect;
import java.util.Optional;

/** Who made a failure whose access line does not tell, by what the error log says of it. */
final class JoinedMaker {
    private JoinedMaker() {}

    /**
     * @param effect of the last entry of the request
     * @param makes one of its entries says that nginx made a status
     * @param covered the error logs reach over that moment, so that silence means something
     */
    static Maker of(Outcome outcome, Optional<ErrorEffect> effect, boolean makes, boolean covered) {
        if (makes) {
            return Maker.NGINX;
        }
        // the application spoke, or began an answer: the failure is what it answered
        if (effect.isPresent()) {
            return Maker.UPSTREAM;
        }
        // nginx never makes a 502 or 504 in silence; 500 and 503 also come from "return"
        boolean neverSilent = outcome.status == 502 || outcome.status == 504;
        return covered && (neverSilent || !outcome.addresses.isEmpty())
                ? Maker.UPSTREAM
                : Maker.UNKNOWN;
    }
}
