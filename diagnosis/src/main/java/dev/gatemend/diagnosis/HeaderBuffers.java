package dev.gatemend.diagnosis;

import dev.gatemend.model.PassKind;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The buffers a module reads answers into, and what they must be for a larger header. nginx refuses
 * a configuration whose sizes do not fit together (ngx_http_proxy_merge_loc_conf and its like):
 * with {@code largest = max(buffer_size, one of buffers)} it wants {@code largest <=
 * busy_buffers_size <= (number - 1) * one of buffers}, {@code largest <= temp_file_write_size} and
 * {@code max_temp_file_size} zero or at least {@code largest}. The defaults are 8 buffers of a page
 * and a busy size of twice {@code largest}, so raising {@code buffer_size} alone soon breaks the
 * second rule.
 */
public final class HeaderBuffers {
    /** nginx's default is one page; 4k on x86 and most ARM. */
    private static final long PAGE = 4096;

    private static final long DEFAULT_NUMBER = 8;

    /** Beyond this a larger buffer is no longer a remedy: every proxied connection holds one. */
    private static final long MOST = 1 << 20;

    private final PassKind kind;
    private final Settings settings;

    private HeaderBuffers(PassKind kind, Settings settings) {
        this.kind = kind;
        this.settings = settings;
    }

    /** The buffers of {@code kind} under the directives in effect at a location. */
    public static HeaderBuffers of(PassKind kind, Settings settings) {
        return new HeaderBuffers(kind, settings);
    }

    /** Reads {@code 4096}, {@code 4k} or {@code 1m} as nginx does (ngx_parse_size). */
    public static OptionalLong bytes(String size) {
        if (!size.matches("\\d{1,9}[kKmM]?")) {
            return OptionalLong.empty();
        }
        char unit = Character.toLowerCase(size.charAt(size.length() - 1));
        long factor = unit == 'k' ? 1024 : unit == 'm' ? 1 << 20 : 1;
        String digits = factor == 1 ? size : size.substring(0, size.length() - 1);
        return OptionalLong.of(Long.parseLong(digits) * factor);
    }

    /** As nginx's files are written: {@code 16k}, or plain bytes. */
    public static String written(long bytes) {
        return bytes % 1024 == 0
                ? String.format(Locale.ROOT, "%dk", bytes / 1024)
                : Long.toString(bytes);
    }

    /** The directive that limits a header: {@code proxy_buffer_size}. */
    public String directive() {
        return kind.directivePrefix() + "_buffer_size";
    }

    /** The directive in effect, if it is written or its default is known. */
    public Optional<Setting> limit() {
        return settings.get(directive());
    }

    /** How large a header may be, in bytes. */
    public long limitBytes() {
        return first("_buffer_size").orElse(PAGE);
    }

    /** True for the default nobody wrote down: one memory page. */
    public boolean isDefault() {
        return limit().filter(s -> !s.isDefault()).isEmpty();
    }

    /**
     * The directives to write so that a header of {@code header} bytes fits, consistent with each
     * other and with what is in effect. At least four times the present limit when the size is not
     * known.
     *
     * @param header bytes, 0 when unknown
     */
    public List<String> enlarged(long header) {
        long wanted = header == 0 ? limitBytes() * 4 : Math.max(header * 3 / 2, limitBytes() * 2);
        long size = Math.min(powerOfTwo(wanted), MOST);
        List<String> lines = new ArrayList<>();
        lines.add(line("_buffer_size", written(size)));
        if (kind == PassKind.GRPC || kind == PassKind.MEMCACHED) {
            return List.copyOf(lines);
        }
        long number = Math.max(2, number());
        long one = oneBuffer();
        long busy = Math.max(2 * size, first("_busy_buffers_size").orElse(0));
        while ((number - 1) * one < busy) {
            one *= 2;
        }
        long largest = Math.max(size, one);
        busy = Math.max(busy, largest);
        // One of two buffers would have to be as large as both.
        number = (number - 1) * one < busy ? number + 1 : number;
        lines.add(line("_buffers", number + " " + written(one)));
        lines.add(line("_busy_buffers_size", written(busy)));
        raise("_temp_file_write_size", largest).ifPresent(lines::add);
        raise("_max_temp_file_size", largest).ifPresent(lines::add);
        return List.copyOf(lines);
    }

    /** A limit written down that is too small for buffers of this size; zero means none at all. */
    private Optional<String> raise(String suffix, long largest) {
        return settings.get(kind.directivePrefix() + suffix)
                .filter(s -> !s.isDefault())
                .map(s -> bytes(s.value()).orElse(0))
                .filter(now -> now > 0 && now < largest)
                .map(_ -> line(suffix, written(largest)));
    }

    private long number() {
        return settings.value(kind.directivePrefix() + "_buffers")
                .filter(n -> n.matches("\\d{1,6}"))
                .map(Long::parseLong)
                .orElse(DEFAULT_NUMBER);
    }

    private long oneBuffer() {
        return settings.get(kind.directivePrefix() + "_buffers")
                .filter(s -> s.arguments().size() > 1)
                .map(s -> bytes(s.arguments().get(1)).orElse(PAGE))
                .filter(bytes -> bytes > 0)
                .orElse(PAGE);
    }

    private OptionalLong first(String suffix) {
        return settings.value(kind.directivePrefix() + suffix)
                .map(HeaderBuffers::bytes)
                .orElse(OptionalLong.empty());
    }

    private String line(String suffix, String value) {
        return kind.directivePrefix() + suffix + " " + value + ";";
    }

    private static long powerOfTwo(long bytes) {
        long power = PAGE;
        while (power < bytes && power < MOST) {
            power *= 2;
        }
        return power;
    }
}
