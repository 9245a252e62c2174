package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the functions of {@code bench.sh} ask of the bench. */
final class ScriptWords {
    private static final Map<String, Word> WORDS = new LinkedHashMap<>();

    static {
        addPrograms();
        addKeepers();
        addNginx();
        addClients();
        addPlaces();
    }

    /** What a word cannot do without, beside nginx. */
    static final Map<String, Need> NEEDS =
            Map.ofEntries(
                    Map.entry("start_python", Need.PYTHON),
                    Map.entry("start_python_on_machine", Need.PYTHON),
                    Map.entry("start_python_apart", Need.MOUNTS),
                    Map.entry("start_python_tls", Need.OPENSSL),
                    Map.entry("start_parrot", Need.PYTHON),
                    Map.entry("start_dns", Need.PYTHON),
                    Map.entry("start_node", Need.NODE),
                    Map.entry("start_gunicorn", Need.GUNICORN),
                    Map.entry("start_uwsgi", Need.UWSGI),
                    Map.entry("start_puma", Need.PUMA),
                    Map.entry("start_java", Need.JAVA),
                    Map.entry("start_php_fpm", Need.PHP_FPM),
                    Map.entry("start_supervised", Need.SUPERVISOR),
                    Map.entry("start_pm2", Need.PM2),
                    Map.entry("pm2", Need.PM2),
                    Map.entry("start_docker", Need.DOCKER),
                    Map.entry("limit_cpu", Need.ROOT),
                    Map.entry("limit_memory", Need.ROOT),
                    Map.entry("join_machine", Need.NAMESPACE),
                    Map.entry("nginx_hosts", Need.MOUNTS));

    private ScriptWords() {}

    /** Does something and returns when it is done. */
    @FunctionalInterface
    private interface Word {
        void obey(Bench bench, Arguments given) throws IOException, InterruptedException;
    }

    /**
     * Does what a word says.
     *
     * @return what the script gets to read; empty for all but {@code ask}
     * @throws IOException with one line that says what could not be done
     */
    static String obey(Bench bench, String word, List<String> arguments)
            throws IOException, InterruptedException {
        Arguments given = new Arguments(bench, arguments);
        if (word.equals("ask")) {
            return Integer.toString(Visitors.ask(bench, given));
        }
        Word known = WORDS.get(word);
        if (known == null) {
            throw new IOException("the bench has no such word; see bench.sh");
        }
        known.obey(bench, given);
        return "";
    }

    private static void addPrograms() {
        WORDS.put("start", (bench, a) -> bench.start(a.at(0), true, a.from(1)));
        WORDS.put("start_python", (bench, a) -> bench.apps().python(a.at(0), a.at(1)));
        WORDS.put(
                "start_python_tls",
                (bench, a) -> bench.apps().pythonTls(a.at(0), a.at(1), a.from(2)));
        WORDS.put("start_node", (bench, a) -> bench.apps().node(a.at(0), a.at(1)));
        WORDS.put("start_parrot", (bench, a) -> bench.apps().parrot(a.at(0), a.at(1), a.at(2)));
        WORDS.put("start_dns", (bench, a) -> bench.apps().dns(a.at(0), a.at(1)));
        WORDS.put(
                "start_gunicorn",
                (bench, a) ->
                        bench.apps().gunicorn(a.at(0), a.at(1), a.from(2).toArray(String[]::new)));
        WORDS.put("start_uwsgi", (bench, a) -> bench.apps().uwsgi(a.at(0), a.at(1), a.from(2)));
        WORDS.put("start_puma", (bench, a) -> bench.apps().puma(a.at(0), a.at(1), a.from(2)));
        WORDS.put("start_java", (bench, a) -> bench.apps().java(a.at(0), a.at(1)));
        WORDS.put("stop", (bench, a) -> bench.program(a.at(0)).stop());
        WORDS.put("kill_hard", (bench, a) -> bench.program(a.at(0)).killHard());
        WORDS.put("freeze", (bench, a) -> bench.program(a.at(0)).freeze());
        WORDS.put("thaw", (bench, a) -> bench.program(a.at(0)).thaw());
        WORDS.put(
                "limit_memory",
                (bench, a) -> bench.program(a.at(0)).limitMemory((long) a.number(1, 64) << 20));
        WORDS.put(
                "limit_cpu", (bench, a) -> bench.program(a.at(0)).limitCpu(a.number(1, 1) * 1_000));
        WORDS.put(
                "wait_for_words",
                (bench, a) ->
                        Applications.awaitWords(bench.program(a.at(0)), a.at(1), a.number(2, 1)));
        WORDS.put("misbehave", (bench, _) -> bench.misbehave());
        WORDS.put("behave", (bench, _) -> bench.behave());
    }

    private static void addKeepers() {
        WORDS.put(
                "start_php_fpm",
                (bench, a) -> new Keepers(bench).phpFpm(a.at(0), a.at(1), a.from(2)));
        WORDS.put(
                "start_supervised",
                (bench, a) -> new Keepers(bench).supervised(a.at(0), a.at(1), a.from(2)));
        WORDS.put("start_docker", (bench, _) -> bench.startDocker());
        WORDS.put("start_nginx_in_container", (bench, a) -> Docker.startNginx(bench, a.from(0)));
        WORDS.put("start_pm2", (bench, a) -> new Keepers(bench).pm2(a.at(0), a.at(1), a.from(2)));
        WORDS.put("pm2", (bench, a) -> new Keepers(bench).tellPm2(a.from(0)));
    }

    private static void addPlaces() {
        WORDS.put("join_machine", (bench, a) -> bench.joinMachine(a.at(0), a.at(1)));
        WORDS.put(
                "on_machine", (bench, a) -> bench.machine().run(a.from(0).toArray(String[]::new)));
        WORDS.put(
                "start_python_on_machine",
                (bench, a) -> bench.onMachine(b -> b.apps().python(a.at(0), a.at(1))));
        WORDS.put(
                "start_python_apart",
                (bench, a) -> bench.apps().pythonApart(Path.of(a.at(0)), a.at(1), a.at(2)));
    }

    private static void addNginx() {
        WORDS.put("site", (bench, a) -> bench.nginx().site(a.at(0), a.at(1)));
        WORDS.put("restore_site", (bench, a) -> bench.nginx().restoreSite(a.at(0)));
        WORDS.put("http", (bench, a) -> bench.nginx().http("step", a.at(0)));
        WORDS.put("nginx_hosts", (bench, a) -> bench.nginx().hosts(a.at(0)));
        WORDS.put("write_nginx", (bench, _) -> bench.nginx().write());
        WORDS.put("start_nginx", (bench, _) -> bench.nginx().start());
        WORDS.put("start_nginx_refused", (bench, _) -> bench.nginx().startRefused());
        WORDS.put("stop_nginx", (bench, _) -> bench.nginx().stop());
        WORDS.put("kill_nginx", (bench, _) -> bench.nginx().killHard());
        WORDS.put("reload_nginx", (bench, _) -> bench.nginx().reload());
        WORDS.put("reload_nginx_refused", (bench, _) -> bench.nginx().reloadRefused());
        WORDS.put(
                "start_nginx_behind",
                (bench, a) -> bench.nginx(a.at(0)).site(a.at(1), a.at(2)).start());
    }

    private static void addClients() {
        WORDS.put("hold", (bench, a) -> bench.held().request(bench.client(), a.ask()));
        WORDS.put("let_go", (bench, _) -> bench.held().close());
        WORDS.put("leave_early", (bench, a) -> Visitors.leaveEarly(bench, a.ask()));
        WORDS.put("fill_up", (bench, a) -> Visitors.fillUp(bench, a.at(0), a.at(1)));
        WORDS.put(
                "download_slowly",
                (bench, a) -> Visitors.downloadSlowly(bench, Ask.url(a.at(0)), a.at(1)));
    }
}
