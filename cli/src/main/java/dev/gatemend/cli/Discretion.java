package dev.gatemend.cli;

import dev.gatemend.host.bundle.Redacted;
import dev.gatemend.host.bundle.Secrets;
import dev.gatemend.model.Snapshot;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What happens to the secrets of what was seen. */
enum Discretion {
    /** They are taken out before anything is judged, and once more from what is shown. */
    REDACTED {
        @Override
        Snapshot of(Snapshot seen) {
            return Redacted.of(seen).snapshot();
        }

        @Override
        String of(String shown) {
            return Secrets.hide(shown);
        }
    },
    /** They stay where they are. */
    OPEN {
        @Override
        Snapshot of(Snapshot seen) {
            return seen;
        }

        @Override
        String of(String shown) {
            return shown;
        }
    };

    private static final String NO_REDACT = "--no-redact";

    static void declare(CommandSpec spec, String description) {
        Options.flag(spec, NO_REDACT, description);
    }

    static Discretion of(ParseResult words) {
        return Options.has(words, NO_REDACT) ? OPEN : REDACTED;
    }

    abstract Snapshot of(Snapshot seen);

    abstract String of(String shown);
}
