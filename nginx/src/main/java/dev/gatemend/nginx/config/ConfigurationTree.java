package dev.gatemend.nginx.config;

import java.util.List;

/**
 * One file, parsed without loss: every byte is part of a token or of the blanks and comments before
 * it.
 *
 * @param file path as nginx would open it
 * @param source the file's bytes; not copied, must not be changed
 * @param directives at the top level, includes not followed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity only; a copy of 10 MB helps nobody
public record ConfigurationTree(String file, byte[] source, List<Directive> directives) {
    public ConfigurationTree {
        directives = List.copyOf(directives);
    }

    /** The file again, byte for byte, put together from its tokens. */
    public byte[] print() {
        return new ConfigurationPrinter(source).print(directives);
    }
}
