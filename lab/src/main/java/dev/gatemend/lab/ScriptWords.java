package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;

/** What the functions of {@code bench.sh} ask of the bench. */
record ScriptWords(Bench bench) {
    void obey(String word, List<String> arguments) throws IOException, InterruptedException {
        switch (word) {
            case "python" -> bench.apps().python(at(arguments, 0), at(arguments, 1));
            case "node" -> bench.apps().node(at(arguments, 0), at(arguments, 1));
            case "gunicorn" ->
                    bench.apps()
                            .gunicorn(
                                    at(arguments, 0),
                                    at(arguments, 1),
                                    arguments.stream().skip(2).toArray(String[]::new));
            case "stop" -> bench.program(at(arguments, 0)).stop();
            case "kill_hard" -> bench.program(at(arguments, 0)).killHard();
            case "freeze" -> bench.program(at(arguments, 0)).freeze();
            case "thaw" -> bench.program(at(arguments, 0)).thaw();
            case "site" -> bench.nginx().site(at(arguments, 0), at(arguments, 1));
            case "reload_nginx" -> bench.nginx().reload();
            case "ask" -> bench.ask(Ask.of(at(arguments, 0), at(arguments, 1), 0));
            default -> throw new IOException("the bench has no such word");
        }
    }

    private static String at(List<String> arguments, int index) throws IOException {
        if (index >= arguments.size()) {
            throw new IOException("argument " + (index + 1) + " is missing; see bench.sh");
        }
        return arguments.get(index);
    }
}
