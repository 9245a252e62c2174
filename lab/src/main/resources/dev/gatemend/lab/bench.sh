# The words of a scenario's scripts, beside those of sh itself. Each waits until it is done, and ends the script when it
# could not be done. What the bench starts it also ends, and so whatever else a script starts.
#
#   $APP_PORT     a free port; any upper-case name before _PORT, the same one each time; $APP_PORT_PLUS_1 is free as well
#   $DIR          the scenario's private directory      $RUN     in it, the applications' directory, for their sockets
#   $HERE         the other files of the scenario's folder
#   $TEMP         nginx's directories for temporary files: client_body, proxy
#   $ERROR_LOG    nginx's error log                     $ACCESS_LOG    its access log
#   $COMPOSED     with "composed": what of this machine is written down, under the paths it has on a host
# shellcheck shell=sh

# An ADDRESS is HOST:PORT or unix:PATH. A NAME is for the words below: stop NAME.

# start_python NAME ADDRESS             Python's http.server; as all applications, it runs as nobody
# start_python_tls NAME ADDRESS [TLS...]    the same with TLS and the certificate $DIR/certificate.pem; TLS as in version=TLSv1_3,
#                                       clients=FILE (it demands a certificate of these authorities), name=shop.internal
# start_node NAME ADDRESS               a node server
# start_gunicorn NAME ADDRESS [OPTION...]   gunicorn with two workers
# start_uwsgi NAME ADDRESS [OPTION...]      uWSGI with two workers, for uwsgi_pass
# start_puma NAME ADDRESS [OPTION...]       puma, a Ruby server, with two threads
# start_java NAME ADDRESS               the JDK's own HTTP server
# start_parrot NAME ADDRESS ANSWER      sends the same bytes to whoever connects; \r \n \x01 as in Python
# start_dns NAME ADDRESS                a name server that knows known.internal alone
# start NAME COMMAND...                 anything else; say yourself what to wait for
start_python() { lab start_python "$@"; }
start_python_tls() { lab start_python_tls "$@"; }
start_node() { lab start_node "$@"; }
start_gunicorn() { lab start_gunicorn "$@"; }
start_uwsgi() { lab start_uwsgi "$@"; }
start_puma() { lab start_puma "$@"; }
start_java() { lab start_java "$@"; }
start_parrot() { lab start_parrot "$@"; }
start_dns() { lab start_dns "$@"; }
start() { lab start "$@"; }

# certificate FILE HOST [OPTION...]      makes a key and a certificate for a host name: both in FILE, the certificate alone in
#                                       FILE.crt; an OPTION as openssl req has it, as in -CA FILE.crt -CAkey FILE
certificate() {
    lab_file=$1
    lab_host=$2
    shift 2
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$lab_host" \
        -addext "subjectAltName=DNS:$lab_host" -keyout "$lab_file" -out "$lab_file.crt" "$@" 2>/dev/null
    cat "$lab_file.crt" >>"$lab_file"
    chmod 644 "$lab_file" "$lab_file.crt"
}

# What keeps applications alive.
#
# start_php_fpm NAME ADDRESS [SETTING...]   a PHP-FPM whose pool NAME has two children and the application in
#                                       $DIR/apps/index.php; a SETTING as in pm.max_children=1
# start_supervised NAME COMMAND [SETTING...]    under supervisor; a SETTING as in startretries=1
# supervisorctl WORD...                 as an operator has it
# is_supervised STATE NAME              succeeds when supervisor says so of it: RUNNING, FATAL
# start_pm2 NAME ADDRESS [OPTION...]    a node server under PM2; an OPTION as in --max-restarts=3
# pm2 WORD...                           as an operator has it; PM2's own log is $DIR/pm2/pm2.log
start_php_fpm() { lab start_php_fpm "$@"; }
start_supervised() { lab start_supervised "$@"; }
supervisorctl() { command supervisorctl -c "$DIR/supervisor/supervisord.conf" "$@"; }
is_supervised() { supervisorctl status "$2" | grep -qw "$1"; }
start_pm2() { lab start_pm2 "$@"; }
pm2() { lab pm2 "$@"; }

# start_docker               a Docker of the scenario's own. Needs 'network: own'
# start_container NAME [OPTION...] base COMMAND...   as docker run has it; base is an empty Debian with this machine's
#                            /usr, and $DIR/apps and the other files of the folder
# start_nginx_in_container [OPTION...]   the nginx of the sites in a container called proxy; have a site listen on 8080 as
#                            well, and publish that as 127.0.0.1:$NGINX_PORT
# docker WORD...             as an operator has it
# is_container STATE NAME    succeeds when Docker says so of it: running, exited
# container_said NAME TEXT   succeeds when its log has the text
start_docker() { lab start_docker; }
start_nginx_in_container() { lab start_nginx_in_container "$@"; }
docker() { command docker --host="unix://$DIR/docker/docker.sock" "$@"; }
start_container() {
    lab_container=$1
    shift
    docker run --detach --name "$lab_container" --volume /usr:/usr:ro --volume "$DIR/apps:$DIR/apps:ro" \
        --volume "$DIR/scenario:$DIR/scenario:ro" --volume "$RUN:$RUN" "$@" >/dev/null
}
is_container() { [ "$(docker inspect --format '{{.State.Status}}' "$2")" = "$1" ]; }
container_said() { docker logs "$1" 2>&1 | grep -q "$2"; }

# join_machine OWN ITS         another machine on a link, shop0 here and shop1 there; addresses as 10.77.0.1/24.
#                              Needs 'network: own'
# on_machine COMMAND...        a short program there: ip
# start_python_on_machine NAME ADDRESS
# start_python_apart DIRECTORY NAME ADDRESS   it sees an empty directory of its own there, as PrivateTmp= makes it
join_machine() { lab join_machine "$@"; }
on_machine() { lab on_machine "$@"; }
start_python_on_machine() { lab start_python_on_machine "$@"; }
start_python_apart() { lab start_python_apart "$@"; }

# stop NAME          SIGTERM, as a service manager does it
# kill_hard NAME     SIGKILL to it and its children
# freeze NAME        SIGSTOP to it and its children: they keep their sockets and answer nothing
# thaw NAME          undoes freeze
# limit_cpu NAME PERCENT  it and its children may have only so much of one CPU together, in a control group of their own
# limit_memory NAME MIB   it and its children may have only so much memory together, in a control group of their own
# misbehave          from now on the applications do so on the paths made for it: /slow/SECONDS, /status/CODE, /cookie/BYTES
# behave             undoes misbehave
stop() { lab stop "$@"; }
kill_hard() { lab kill_hard "$@"; }
freeze() { lab freeze "$@"; }
thaw() { lab thaw "$@"; }
limit_cpu() { lab limit_cpu "$@"; }
limit_memory() { lab limit_memory "$@"; }
misbehave() { lab misbehave; }
behave() { lab behave; }

# nginx starts when setup is done, with the sites of scenario.yaml; these change it afterwards.
#
# site NAME TEXT         another inside for a site's server block; reload_nginx has it loaded
# restore_site NAME      the inside that scenario.yaml has
# http TEXT              something more at the http level; '' takes it away
# nginx_hosts TEXT       a hosts file that nginx alone sees; said first in setup, changed at any time
# write_nginx            writes nginx.conf and tells nginx nothing
# reload_nginx           returns when the new workers alone serve
# reload_nginx_refused   returns when nginx has refused
# stop_nginx, start_nginx, start_nginx_refused, kill_nginx
# start_nginx_behind NAME SITE TEXT   another nginx, with one site, on 127.0.0.1:$NAME_PORT
site() { lab site "$@"; }
restore_site() { lab restore_site "$@"; }
http() { lab http "$@"; }
nginx_hosts() { lab nginx_hosts "$@"; }
write_nginx() { lab write_nginx; }
reload_nginx() { lab reload_nginx; }
reload_nginx_refused() { lab reload_nginx_refused; }
stop_nginx() { lab stop_nginx; }
start_nginx() { lab start_nginx; }
start_nginx_refused() { lab start_nginx_refused; }
kill_nginx() { lab kill_nginx; }
start_nginx_behind() { lab start_nginx_behind "$@"; }

# ask [-n TIMES] [-H HEADER] [-d BYTES] URL    prints the last status; 0 when nobody answers
# hold [-H HEADER] URL        sends a request and reads no answer until let_go
# leave_early [-n TIMES] URL  clients that do not wait for the answer
# fill_up SLOW_URL URL        holds requests for the slow one until the other one gets 500
# download_slowly URL TEXT    three times, reads no answer until nginx's error log says TEXT
ask() { lab ask "$@"; }
hold() { lab hold "$@"; }
let_go() { lab let_go; }
leave_early() { lab leave_early "$@"; }
fill_up() { lab fill_up "$@"; }
download_slowly() { lab download_slowly "$@"; }

# wait_for_words NAME TEXT [TIMES]     until a program started by NAME has said TEXT so often
# wait_until WHAT COMMAND...           until a command succeeds, fifteen seconds at most
# next_second                          waits for it: what happens next is later also in logs that count whole seconds
# listens ADDRESS                      succeeds when somebody listens there
wait_for_words() { lab wait_for_words "$@"; }
wait_until() {
    lab_what=$1
    shift
    lab_left=300
    until "$@" >/dev/null 2>&1; do
        lab_left=$((lab_left - 1))
        if [ "$lab_left" -eq 0 ]; then
            echo "waited in vain until $lab_what" >&2
            exit 1
        fi
        sleep 0.05
    done
}
next_second() {
    lab_second=$(date +%s)
    wait_until "the second is over" is_later_second
}
is_later_second() { [ "$(date +%s)" -gt "$lab_second" ]; }
listens() {
    case $1 in
    unix:*) [ -n "$(ss -Hlx src "${1#unix:}")" ] ;;
    *) [ -n "$(ss -Hltn src "$1")" ] ;;
    esac
}

# With 'host: systemd', the scripts run on it, as root; /srv/shop/app.py is the application there, and shop its user.
#
# unit NAME          writes a unit file of what it reads, up to a line END:  unit shop.service <<'END'
unit() {
    cat >"/etc/systemd/system/$1"
    systemctl daemon-reload
}

# How the words reach the bench. Opened for each word alone: what runs in the background must not hold them open.
lab_pipes() {
    lab_asked=$1
    lab_answered=$2
}
lab() {
    printf '%s\0' "$#" "$@" >"$lab_asked"
    IFS= read -r lab_answer <"$lab_answered" || exit 1
    case $lab_answer in
    'ok ') ;;
    'ok '*) printf '%s\n' "${lab_answer#ok }" ;;
    *) echo "$*: $lab_answer" >&2; exit 1 ;;
    esac
}
