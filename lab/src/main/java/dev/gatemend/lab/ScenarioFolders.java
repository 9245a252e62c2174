package dev.gatemend.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The scenarios that are folders of this module's resources, by {@code scenarios/index}. */
final class ScenarioFolders {
    private ScenarioFolders() {}

    static List<Scenario> all() {
        try {
            List<Scenario> all = new ArrayList<>();
            for (String id : text("scenarios/index").lines().toList()) {
                String file = "scenarios/" + id + "/scenario.yaml";
                all.add(ScenarioFile.read(file, id, text(file)));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = ScenarioFolders.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("not part of this program: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
