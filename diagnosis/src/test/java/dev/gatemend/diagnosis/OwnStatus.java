package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.MatterBuilder.NOW;

import dev.gatemend.model.Setting;

/** Requests that nginx answered with an error by its own rules, for tests. */
public final class OwnStatus {
    private OwnStatus() {}

    /** The format of their log does not say whether an upstream was asked. */
    public static MatterBuilder failed(int status, Setting setting) {
        return new MatterBuilder()
                .seen(
                        Written.pass("http", "127.0.0.1:8000", setting),
                        "configuration",
                        "nginx.conf")
                .seen(
                        Facts.access(status, "", NOW.minusSeconds(60), NOW.minusSeconds(1)),
                        "access.log",
                        "/var/log/nginx/access.log");
    }
}
