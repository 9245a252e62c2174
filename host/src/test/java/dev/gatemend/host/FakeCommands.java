package dev.gatemend.host;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Programs that answer what a test lays down, by the beginning of their command line. */
final class FakeCommands implements Commands {
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    final List<String> asked = new ArrayList<>();

    FakeCommands answer(String beginning, String output) {
        return answer(beginning, 0, output, "");
    }

    FakeCommands answer(String beginning, int status, String output, String error) {
        answers.put(beginning, new Answer(status, output, error, false));
        return this;
    }

    FakeCommands fail(String beginning, String message) {
        failures.put(beginning, message);
        return this;
    }

    @Override
    public synchronized Answer run(Duration limit, List<String> arguments) throws IOException {
        String line = String.join(" ", arguments);
        asked.add(line);
        for (Map.Entry<String, String> failure : failures.entrySet()) {
            if (line.startsWith(failure.getKey())) {
                throw new IOException(failure.getValue());
            }
        }
        for (Map.Entry<String, Answer> answer : answers.entrySet()) {
            if (line.startsWith(answer.getKey())) {
                return answer.getValue();
            }
        }
        throw new IOException(arguments.getFirst() + " is not installed or may not be run");
    }
}
