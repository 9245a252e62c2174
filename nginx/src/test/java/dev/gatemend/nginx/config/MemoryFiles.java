package dev.gatemend.nginx.config;

import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files that exist only here. */
final class MemoryFiles implements ConfigurationFiles {
    static final Version OLD = new Version(1, 22, 1);
    static final Version NEW = new Version(1, 31, 4);

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Set<String> closed = new HashSet<>();

    /** One nginx.conf in /etc/nginx. */
    static MemoryFiles of(String configuration) {
        return new MemoryFiles().with("/etc/nginx/nginx.conf", configuration);
    }

    MemoryFiles with(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    MemoryFiles closed(String path) {
        closed.add(path);
        return with(path, "");
    }

    NginxConfiguration view(Version version) {
        return ConfigurationReader.read(
                this,
                "/etc/nginx/nginx.conf",
                "/usr/share/nginx",
                version,
                Optional.empty(),
                CompiledDefaults.NONE);
    }

    @Override
    public byte[] read(String path, int limit) throws IOException {
        byte[] content = files.get(path);
        if (content == null) {
            throw new NoSuchFileException(path);
        }
        if (closed.contains(path)) {
            throw new AccessDeniedException(path);
        }
        if (content.length > limit) {
            throw new IOException("too large");
        }
        return content;
    }

    @Override
    public List<String> list(String directory) {
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        Set<String> names = new TreeSet<>();
        for (String path : files.keySet()) {
            if (path.startsWith(prefix)) {
                String rest = path.substring(prefix.length());
                int slash = rest.indexOf('/');
                names.add(slash < 0 ? rest : rest.substring(0, slash));
            }
        }
        return List.copyOf(names);
    }

    @Override
    public boolean exists(String path) {
        return files.containsKey(path);
    }

    @Override
    public Optional<Instant> modified(String path) {
        return Optional.of(Instant.EPOCH);
    }
}
