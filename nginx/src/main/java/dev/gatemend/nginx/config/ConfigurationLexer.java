package dev.gatemend.nginx.config;

import dev.gatemend.model.Position;
import java.util.List;

/**
 * Cuts a file into words and terminators exactly as {@code ngx_conf_read_token} does
 * (src/core/ngx_conf_file.c): a quote, a <code>#</code> and a <code>&#125;</code> mean something at
 * the start of a word only, <code>$&#123;</code> opens no block, a backslash hides the next byte.
 */
final class ConfigurationLexer {
    /** NGX_CONF_BUFFER: nginx reads through a buffer of this size and a word must fit into it. */
    static final int LONGEST_WORD = 4096;

    private final String file;
    private final byte[] source;
    private final WordValues values;
    private int at;
    private int line = 1;
    private int lineStart;

    ConfigurationLexer(String file, byte[] source) {
        this.file = file;
        this.source = source;
        this.values = new WordValues(source);
    }

    /** What ended a statement. */
    enum End {
        SEMICOLON,
        BLOCK,
        CLOSE,
        END_OF_FILE
    }

    /**
     * Reads the words up to the next terminator.
     *
     * @param words receives them
     */
    End next(List<Word> words) throws RefusedException {
        while (true) {
            skipBlanks();
            if (at == source.length) {
                return endOfFile(words);
            }
            switch (source[at]) {
                case ';' -> {
                    return terminator(words, End.SEMICOLON);
                }
                case '{' -> {
                    return terminator(words, End.BLOCK);
                }
                case '}' -> {
                    return close(words);
                }
                case '"', '\'' -> words.add(quoted(source[at]));
                default -> words.add(plain());
            }
        }
    }

    /** The terminator just read. */
    Mark terminator() {
        return new Mark(at - 1, line, at - lineStart);
    }

    /** The place reading has come to. */
    Mark here() {
        return new Mark(at, line, column(at));
    }

    /**
     * Skips Lua text up to the brace that closes its block, which becomes the terminator just read.
     */
    void skipLua() throws RefusedException {
        LuaScanner lua = new LuaScanner(source, at);
        int end = lua.closingBrace();
        if (end < 0) {
            int complaint = lua.complaintOffset();
            countLines(at, complaint);
            throw refused(complaint, lua.complaint());
        }
        countLines(at, end);
        at = end + 1;
    }

    private End endOfFile(List<Word> words) throws RefusedException {
        if (!words.isEmpty()) {
            throw refused(at, "unexpected end of file, expecting \";\" or \"}\"");
        }
        return End.END_OF_FILE;
    }

    private End terminator(List<Word> words, End end) throws RefusedException {
        if (words.isEmpty()) {
            throw unexpected(at);
        }
        at++;
        return end;
    }

    private End close(List<Word> words) throws RefusedException {
        if (!words.isEmpty()) {
            throw unexpected(at);
        }
        at++;
        return End.CLOSE;
    }

    private void skipBlanks() throws RefusedException {
        while (at < source.length) {
            byte b = source[at];
            if (b == '#') {
                skipComment();
            } else if (isBlank(b)) {
                at++;
                if (b == '\n') {
                    newLine(at);
                }
            } else {
                return;
            }
        }
    }

    private void skipComment() throws RefusedException {
        int start = at;
        while (at < source.length && source[at] != '\n') {
            at++;
            if (at - start == LONGEST_WORD && at < source.length) {
                throw tooLong(start, line, column(start), (byte) 0);
            }
        }
    }

    private Word plain() throws RefusedException {
        int start = at;
        int wordLine = line;
        int wordColumn = column(start);
        boolean escaped = scanPlain(start, wordLine, wordColumn);
        String value = values.of(start, at, escaped);
        checkRoomBehind(start, at, wordLine, wordColumn);
        return new Word(value, start, at, wordLine, wordColumn);
    }

    private boolean scanPlain(int start, int wordLine, int wordColumn) throws RefusedException {
        boolean escaped = false;
        boolean variable = false;
        while (true) {
            checkRoom(start, (byte) 0, wordLine, wordColumn);
            byte b = source[at];
            if (b == '{' && variable) {
                at++;
                continue;
            }
            if (isBlank(b) || b == ';' || b == '{') {
                return escaped;
            }
            at++;
            variable = b == '$';
            if (b == '\\') {
                escaped = true;
                skipEscaped(start, (byte) 0, wordLine, wordColumn);
            }
        }
    }

    private Word quoted(byte quote) throws RefusedException {
        int opening = at++;
        int start = at;
        int wordLine = line;
        int wordColumn = column(opening);
        boolean escaped = false;
        while (true) {
            checkRoom(start, quote, wordLine, wordColumn);
            byte b = source[at++];
            if (b == quote) {
                break;
            } else if (b == '\n') {
                newLine(at);
            } else if (b == '\\') {
                escaped = true;
                skipEscaped(start, quote, wordLine, wordColumn);
            }
        }
        String value = values.of(start, at - 1, escaped);
        Word word = new Word(value, opening, at, wordLine, wordColumn);
        checkBehindQuote(start, word);
        return word;
    }

    /** Behind a closing quote only a blank, a terminator or <code>)</code> may stand. */
    private void checkBehindQuote(int start, Word word) throws RefusedException {
        if (at == source.length) {
            return;
        }
        if (at - start == LONGEST_WORD) {
            throw tooLong(start, word.line(), word.column(), (byte) 0);
        }
        byte b = source[at];
        if (!isBlank(b) && b != ';' && b != '{' && b != ')') {
            throw unexpected(at);
        }
        checkRoomBehind(start, at, word.line(), word.column());
    }

    /** nginx keeps a finished word in its buffer until it has read the byte behind its blank. */
    private void checkRoomBehind(int start, int end, int wordLine, int wordColumn)
            throws RefusedException {
        boolean blank = end < source.length && isBlank(source[end]);
        if (blank && end + 1 - start == LONGEST_WORD && end + 1 < source.length) {
            throw tooLong(start, wordLine, wordColumn, (byte) 0);
        }
    }

    private void skipEscaped(int start, byte quote, int wordLine, int wordColumn)
            throws RefusedException {
        checkRoom(start, quote, wordLine, wordColumn);
        if (source[at++] == '\n') {
            newLine(at);
        }
    }

    private void checkRoom(int start, byte quote, int wordLine, int wordColumn)
            throws RefusedException {
        if (at == source.length) {
            throw refused(at, "unexpected end of file, expecting \";\" or \"}\"");
        }
        if (at - start == LONGEST_WORD) {
            throw tooLong(start, wordLine, wordColumn, quote);
        }
    }

    private RefusedException tooLong(int start, int wordLine, int wordColumn, byte quote) {
        String message =
                quote == 0
                        ? "too long parameter \""
                                + values.of(start, start + 10, false)
                                + "...\" started"
                        : "too long parameter, probably missing terminating \""
                                + (char) quote
                                + "\" character";
        return new RefusedException(new Position(file, wordLine, wordColumn), message);
    }

    private RefusedException unexpected(int offset) {
        String found = values.of(offset, offset + 1, false);
        return refused(offset, "unexpected \"" + found + "\"");
    }

    private RefusedException refused(int offset, String message) {
        return new RefusedException(new Position(file, line, column(offset)), message);
    }

    private void countLines(int from, int to) {
        for (int i = from; i < to; i++) {
            if (source[i] == '\n') {
                newLine(i + 1);
            }
        }
    }

    private void newLine(int start) {
        line++;
        lineStart = start;
    }

    private int column(int offset) {
        return offset < lineStart ? 1 : offset - lineStart + 1;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
