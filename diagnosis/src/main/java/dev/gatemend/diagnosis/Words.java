package dev.gatemend.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a line in an application's log is about, told by the words that servers, interpreters and
 * supervisors use. A line is read by the first that fits. Anybody who can make an application log a
 * line can forge one, so a word alone is a hint.
 */
public enum Words {
    /**
     * An application server ends a worker of its own at its own time limit: gunicorn's arbiter.py
     * (murder_workers), uWSGI's core/master_checks.c, PHP-FPM's fpm_request.c, Puma's cluster.rb,
     * unicorn's http_server.rb (murder_lazy_workers), Odoo's service/server.py. PHP-FPM quotes the
     * request, so its line is known by what stands in front; no other line has one.
     */
    WORKER_KILLED(
            "^(?![^\\n]{0,1024}HTTP/\\d)[^\\n]{0,200}?(?:\\bWORKER TIMEOUT \\(pid: ?\\d|\\*\\*\\* HARAKIRI ON WORKER \\d"
                    + "|! Terminating timed out worker\\b|\\bworker=\\d{1,4} PID: ?\\d{1,9} timeout \\(\\d{1,9}s > \\d{1,9}s\\), killing"
                    + "|\\bWorker\\w{0,12} \\(\\d{1,9}\\) timeout after \\d{1,9}s)"
                    + "|^[^\"]{0,120}WARNING: \\[pool \\S{1,80}\\] child \\d{1,9}, script '[^\\n]{0,900}execution timed out \\([\\d.]{1,20} sec\\), terminating"),

    /** A PHP-FPM pool has all the children it may have, and needs one more (fpm_process_ctl.c). */
    POOL_FULL(
            "^[^\"]{0,120}WARNING: \\[pool \\S{1,80}\\] server reached (?:pm\\.)?max_children setting \\(\\d{1,6}\\)"),

    /**
     * A request's headers are larger than it takes: uWSGI's proto/uwsgi.c (buffer-size), Node.js's
     * parser, gunicorn's http/errors.py, Tomcat, Puma.
     */
    REQUEST_TOO_LARGE(
            "^[^\"]{0,120}(?:invalid request block size: \\d{1,9} \\(max \\d{1,9}\\)|HPE_HEADER_OVERFLOW|\\bHeader overflow\\b"
                    + "|Request Line is too large \\(\\d|Limit Request Headers|[Ll]imit request headers fields"
                    + "|Request header is too large|HTTP element \\w{1,20} is longer than the)"),

    /**
     * A request's body is larger than it takes: uWSGI (limit-post), Express's body-parser, PHP
     * (post_max_size), Django, Tomcat.
     */
    BODY_TOO_LARGE(
            "^[^\"]{0,120}(?:Invalid \\(too big\\) CONTENT_LENGTH|PayloadTooLargeError|request entity too large"
                    + "|POST Content-Length of \\d{1,15} bytes exceeds the limit|RequestDataTooBig|DATA_UPLOAD_MAX_MEMORY_SIZE"
                    + "|MaxUploadSizeExceededException)"),

    /**
     * A request as an access log writes it: a client chose its words, and they say nothing more.
     */
    REQUEST("(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|CONNECT|TRACE) \\S|HTTP/\\d"),

    /**
     * A server says that none of its workers or threads is free: Tomcat, Jetty, waitress,
     * Passenger, Apache (AH00484), Kestrel, unicorn's and Puma's kin say nothing.
     */
    NONE_FREE(
            "All threads \\(\\d{1,6}\\) are currently busy|Maximum number of threads \\(\\d{1,6}\\) created for connector"
                    + "|[Tt]ask queue depth is [1-9]|Request queue is full\\. Returning an error|server reached MaxRequestWorkers"
                    + "|[Tt]hread ?pool (?:starvation|is exhausted)|no (?:free|idle|available) (?:workers?|threads?)\\b|[Aa]ll workers (?:are )?busy"),

    /** uWSGI's master says that its accept queue is at its limit (core/master.c). */
    QUEUE_FULL("uWSGI listen queue of socket .{1,200} full"),

    /** bind(2) failed with EADDRINUSE. */
    ADDRESS_IN_USE(
            "[Aa]ddress already in use|EADDRINUSE|Connection in use: \\(|Only one usage of each socket address"
                    + "|port is already allocated|[Pp]ort \\d{1,5} (?:is|was) already in use"
                    + "|another FPM instance seems to already listen"),

    /** A process ended by SIGSEGV, SIGBUS, SIGABRT, SIGILL or SIGFPE. */
    FAULT(
            "\\bSIG(?:SEGV|BUS|ABRT|ILL|FPE)\\b|\\bsignal:? (?:11|7|6|4|8)\\b|[Ss]egmentation [Ff]ault|core dumped|code=dumped"
                    + "|terminate called after throwing|\\bstack smashing detected"),

    /** An application server replaces a worker that did its share. */
    RECYCLED(
            "[Mm]aximum request limit of \\d|Autorestarting worker after current request|max[-_ ]requests.{0,60}(?:reached|exceeded)"
                    + "|(?:reached|exceeded).{0,40}max[-_ ]?requests|^\\.{3}The work of process \\d+ is done"
                    + "|worker.{0,60}reached (?:its )?(?:max(?:imum)?|lifetime|requests)"),

    /** fork(2) or pthread_create(3) failed with EAGAIN, in the words of shells and runtimes. */
    FORK_REFUSED(
            "fork(?:\\(\\))?(?: failed)?: (?:retry: )?Resource temporarily unavailable|\\bfork: retry\\b|can't start new thread"
                    + "|unable to create (?:new )?native thread|failed to create new OS thread|pthread_create.{0,60}(?:EAGAIN|Resource temporarily unavailable)"
                    + "|Cannot fork|BlockingIOError: \\[Errno 11\\]|can't create Thread: Resource temporarily|\\bspawn \\S{1,200} EAGAIN"
                    + "|thread.{0,60}failed.{0,40}Resource temporarily unavailable|fork failed"),

    /**
     * A service that it needs took too long: client libraries' own time-outs, pools that had no
     * connection left, locks, and PHP-FPM's slow log where it stands in a call to a service.
     */
    DEPENDENCY_SLOW(
            "canceling statement due to (?:statement|lock|idle) ?timeout|Lock wait timeout exceeded|Query execution was interrupted, maximum statement execution time"
                    + "|QueryCanceled|QueuePool limit of size \\d|[Cc]onnection is not available, request timed out after|could not obtain a (?:database )?connection (?:from the pool )?within"
                    + "|Timeout acquiring a connection|ResourceRequest timed out|timed out waiting for (?:an? )?(?:idle|available|free) (?:object|connection)"
                    + "|Read timed out|ReadTimeout(?:Error)?\\b|ESOCKETTIMEDOUT|SocketTimeoutException|cURL error 28|Client\\.Timeout exceeded|context deadline exceeded"
                    + "|MaxWaitQueueTimeout|WaitQueueTimeoutError|NetworkTimeout\\b|Net::ReadTimeout|upstream request timeout"
                    + "|^\\[0x[0-9a-f]{8,16}\\] (?:mysqli?_\\w{1,40}|mysqli(?:_stmt)?->\\w{1,40}|PDO(?:Statement)?->\\w{1,40}|pg_\\w{1,40}|curl_(?:multi_)?exec|Redis->\\w{1,40}|Memcached->\\w{1,40}|fsockopen|SoapClient->\\w{1,40})\\(\\)"),

    /** A service that it needs did not take its connection, or could not be found. */
    DEPENDENCY(
            "(?:[Cc]onnection refused|ECONNREFUSED|[Cc]ould not connect|[Cc]an.t connect|[Ff]ailed to connect|[Uu]nable to connect"
                    + "|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|no such host|could not translate host name|Communications link failure"
                    + "|ServerSelectionTimeoutError|[Nn]o route to host|[Cc]onnection timed out|connection to server at .{1,80} failed)"),

    /** It serves other hosts than the one named: Django, Rails, Vite, webpack's server. */
    HOST_REFUSED(
            "Invalid HTTP_HOST header|\\bDisallowedHost\\b|Blocked hosts?: |Blocked request\\. This host|\\bInvalid [Hh]ost header\\b"),

    /** It expects a WebSocket, and the request does not ask to switch: gorilla, websockets, ws. */
    NO_UPGRADE(
            "client is not using the websocket protocol|'(?:upgrade|websocket)' token not found in|\\bInvalidUpgrade\\b"
                    + "|[Mm]issing '?\"?(?:Upgrade|Connection)'?\"? header|[Cc]an \"Upgrade\" only to \"WebSocket\""
                    + "|[Nn]ot a [Ww]eb[Ss]ocket (?:handshake|request)|WebSocket.{0,40}Upgrade Required"),

    /** A framework caught the error of a request and answers 500; what follows is its trace. */
    CAUGHT(
            "Error handling request|Exception on /|Internal Server Error|Exception in ASGI application|Servlet\\.service\\(\\) for servlet"),

    /** It gives up before it serves. */
    BOOT_FAILED(
            "Worker failed to boot|Exception in worker process|ModuleNotFoundError|\\bImportError\\b|No module named|\\bSyntaxError\\b"
                    + "|Cannot find module|MODULE_NOT_FOUND|APPLICATION FAILED TO START|Application run failed|FPM initialization failed"
                    + "|[Uu]nable to load app|no python application found|need app: exiting|ImproperlyConfigured|caught exception during boot"
                    + "|error while loading shared libraries|Could not find or load main class|Unable to access jarfile|can't open file '"
                    + "|Failed at step [A-Z]+|Start request repeated too quickly|App failed to load|Bundler::GemNotFound"
                    + "|[Ee]nvironment variable .{1,80}(?:not set|required|missing|must be set)|[Mm]issing (?:required )?(?:environment|configuration|setting)"
                    + "|[Mm]igrations? .{0,60}failed|[Ii]nvalid (?:configuration|value for option)"),

    /**
     * Whoever started it says that it ended, and not by order (SIGINT, SIGKILL and SIGTERM are).
     */
    EXITED(
            "Main process exited, code=exited, status=(?!130|137|143)[1-9]"
                    + "|[Ee]xited with (?:code|status) \\[?(?!130|137|143)[1-9]"
                    + "|exit status (?!130|137|143)[1-9]\\d{0,2}; not expected"
                    + "|Failed with result '(?:exit-code|core-dump)'|^exit status [1-9]|code ELIFECYCLE"),

    /** The runtime's own words when an exception, a panic or an assertion is caught by nobody. */
    CRASHED(
            "Traceback \\(most recent call last\\)|\\bpanic: |^fatal error: |thread '.{1,80}' panicked at|Exception in thread \""
                    + "|\\b[Uu]ncaught(?:Exception|\\b)|[Uu]nhandled(?:PromiseRejection| [Ee]xception| error| promise)|^\\s*throw \\w"
                    + "|Assertion .{0,200}failed|\\bFATAL\\b|PHP Fatal error|Exception occurred during processing of request"),

    /**
     * The last line that Node.js writes when an error that nobody caught ends it (since version 17:
     * src/node_errors.cc, PrintUncaughtException and its callers); the trace stands before it.
     */
    ENDED_UNCAUGHT("^Node\\.js v\\d{2,3}\\.\\d+\\.\\d+\\s*$"),

    /** It ends because somebody told it to. */
    STOPPING(
            "Handling signal: (?:term|int|quit|hup)|Handling signal: winch|Shutting down|[Rr]eceived (?:signal )?(?:SIGTERM|SIGINT|SIGQUIT|SIGHUP|TERM|INT)"
                    + "|^Stopp(?:ing|ed) |Deactivated successfully|Finishing \\.\\.\\.|received SIG\\w+ indicating exit request|SIGINT/SIGQUIT received|gracefully killing"
                    + "|Stopping app|[Gg]raceful(?:ly)? (?:shut|stop)|^(?:INFO: +)?Finished server process"),

    /** It serves from now on. */
    LISTENING(
            "(?:^|\\W)[Ll]isten(?:ing|s) (?:at|on)\\b|[Rr]unning on (?:http|all)|ready to handle connections|ready for connections|[Aa]ccepting connections"
                    + "|started on port|[Ss]erver (?:is )?(?:started|running|ready|up)\\b|^ready\\b|Application startup complete|spawned uWSGI worker"),

    /** It begins. */
    STARTING(
            "Starting gunicorn|Booting worker|Started server process|^Start(?:ing|ed) \\S|spawned: '|App \\[.{1,80}\\] starting|\\*\\*\\* Starting uWSGI"
                    + "|Puma starting|^=> Booting|fpm is running|Starting \\w+Application|Waiting for application startup"),

    /** It does what comes before serving. */
    PREPARING(
            "\\b(?:[Ww]arming up|[Ww]armup|[Mm]igrating|[Rr]unning migrations?|Applying .{1,120}\\.\\.\\.|[Ll]oading (?:model|data|cache|index|checkpoint)"
                    + "|[Pp]reloading|[Ii]nitiali[sz]ing|[Bb]uilding (?:cache|index)|[Cc]ompiling|[Ww]aiting for (?!application))");

    private static final List<Words> VALUES = List.of(values());

    /** Longer lines are stack traces on one line; what they are about stands in front. */
    private static final int LONGEST = 1_024;

    private final Pattern pattern;

    // A copy that nobody can change (Set.copyOf).
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> needed;

    Words(String pattern) {
        this.pattern = Pattern.compile(pattern);
        this.needed = Literals.of(pattern);
    }

    /** What the line is about, if it is one of these. */
    static Optional<Words> in(String line) {
        String text = line.substring(0, Math.min(line.length(), LONGEST));
        String small = Literals.small(text);
        for (Words words : VALUES) {
            if (Literals.mayMatch(words.needed, small) && words.pattern.matcher(text).find()) {
                return Optional.of(words);
            }
        }
        return Optional.empty();
    }
}
