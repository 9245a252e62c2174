package dev.gatemend.diagnosis.cause;

import java.util.Arrays;
import java.util.Optional;

/**
 * The time limit at which an application server ends a worker of its own, by the words it then logs
 * (see {@link dev.gatemend.diagnosis.Words#WORKER_KILLED}).
 */
enum OwnLimit {
    /** arbiter.py, murder_workers(): a worker that gave no sign of life, 30 s unless set. */
    GUNICORN(
            "WORKER TIMEOUT",
            "gunicorn",
            "--timeout (30 s unless set)",
            "start gunicorn with --timeout 120 (or whatever the slowest request you accept takes)"),
    /** core/master_checks.c: a request that ran longer than harakiri. */
    UWSGI(
            "HARAKIRI",
            "uWSGI",
            "harakiri",
            "raise harakiri in uWSGI's configuration above the slowest request you accept"),
    /** fpm_request.c, fpm_request_check_timed_out(). */
    PHP_FPM(
            "execution timed out",
            "PHP-FPM",
            "request_terminate_timeout",
            "raise request_terminate_timeout in the pool's file above the slowest request you accept"),
    /** cluster.rb: a worker that did not check in, 60 s unless set. */
    PUMA(
            "Terminating timed out worker",
            "Puma",
            "worker_timeout (60 s unless set)",
            "raise worker_timeout in config/puma.rb, and find what keeps the whole worker from running"),
    /** http_server.rb: a worker busy with one request, 60 s unless set. */
    UNICORN(
            "PID:",
            "unicorn",
            "timeout (60 s unless set)",
            "raise timeout in unicorn's configuration above the slowest request you accept"),
    /** service/server.py. */
    ODOO(
            "timeout after",
            "Odoo",
            "limit_time_real (120 s unless set)",
            "raise limit_time_real in odoo.conf above the slowest request you accept");

    private final String words;
    private final String server;
    private final String setting;
    private final String remedy;

    OwnLimit(String words, String server, String setting, String remedy) {
        this.words = words;
        this.server = server;
        this.setting = setting;
        this.remedy = remedy;
    }

    /** Whose limit a line tells of. */
    static Optional<OwnLimit> in(String line) {
        return Arrays.stream(values()).filter(limit -> line.contains(limit.words)).findFirst();
    }

    String server() {
        return server;
    }

    String setting() {
        return setting;
    }

    /** What to change, as a sentence without a full stop. */
    String remedy() {
        return remedy;
    }
}
