# The words a scenario's scripts are written in. Each waits until it is done, and ends the script
# when it could not be done. $DIR is the private directory, $RUN the applications' part of it for
# sockets, $PORT_app a free port of that name (any lower-case name; the port after it is free too).

# lab WORD ARGUMENT... has the bench do it: what the bench starts, it also ends.
lab() {
    printf '%s\n' "$#" >&3
    printf '%s\0' "$@" >&3
    IFS= read -r lab_answer <&4 || exit 1
    case $lab_answer in
    ok*) ;;
    *) echo "$1: $lab_answer" >&2; exit 1 ;;
    esac
}

# python NAME ADDRESS: Python's http.server on HOST:PORT or unix:PATH.
python() { lab python "$@"; }
# node NAME ADDRESS: a node http server.
node() { lab node "$@"; }
# gunicorn NAME ADDRESS [OPTION...]: gunicorn with two workers.
gunicorn() { lab gunicorn "$@"; }
# stop NAME: SIGTERM, as a service manager does it.
stop() { lab stop "$@"; }
# kill_hard NAME: SIGKILL to it and its children.
kill_hard() { lab kill_hard "$@"; }
# freeze NAME: SIGSTOP to it and its children; they keep their sockets.
freeze() { lab freeze "$@"; }
# thaw NAME: SIGCONT, undoing freeze.
thaw() { lab thaw "$@"; }
# site NAME TEXT: the inside of a site's server block; reload_nginx has it loaded.
site() { lab site "$@"; }
# reload_nginx: writes the configuration and has it loaded; the new workers alone serve then.
reload_nginx() { lab reload_nginx; }
# ask SITE PATH: one request through nginx.
ask() { lab ask "$@"; }
# wait_for DESCRIPTION COMMAND...: polls until the command succeeds, for fifteen seconds at most.
wait_for() {
    lab_state=$1
    shift
    lab_left=300
    until "$@"; do
        lab_left=$((lab_left - 1))
        if [ "$lab_left" -eq 0 ]; then
            echo "waited in vain until $lab_state" >&2
            exit 1
        fi
        sleep 0.05
    done
}
