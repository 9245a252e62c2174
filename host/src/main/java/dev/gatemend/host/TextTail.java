package dev.gatemend.host;

import dev.gatemend.host.logs.LogFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/** The last whole lines of a text that is appended to. */
final class TextTail {
    private TextTail() {}

    /**
     * Those within its last bytes, the newest last.
     *
     * @throws IOException when it does not exist or may not be read
     */
    static List<String> lines(Path file, int mostBytes, Charset charset) throws IOException {
        try (LogFile log = LogFile.open(file)) {
            long size = log.size();
            byte[] bytes = new byte[(int) Math.min(size, mostBytes)];
            int length = log.read(size - bytes.length, bytes, 0, bytes.length);
            String text = new String(bytes, 0, Math.max(0, length), charset);
            return (size > mostBytes ? text.substring(text.indexOf('\n') + 1) : text)
                    .lines()
                    .toList();
        }
    }
}
