package dev.gatemend.nginx.log;

import dev.gatemend.model.ErrorEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lines of an error log in, entries out. Joins the lines of one entry: FastCGI's stderr and decoded
 * paths carry raw newlines. A line that begins like an entry although the one before is still open
 * is held back: when a later line closes the open entry, or nginx cut the entry there at its
 * longest, the line was inside it (a client wrote it with an encoded newline) and is no entry. Not
 * thread-safe; holds at most one entry's worth of text, 2,048 bytes.
 */
public final class ErrorLogReader {
    /** Takes what was read, in the order of the lines. */
    public interface Sink {
        /**
         * @param position the number handed in with the entry's first line
         * @param text the entry without collector's prefixes, lines joined by newlines
         */
        void entry(long position, ErrorEntry entry, String text);

        /** A line that is no part of nginx's error log. */
        void unparsed(long position, String line);
    }

    /** More lines than fit 2,048 bytes of any sense. */
    private static final int MOST_LINES = 200;

    private static final String FASTCGI_STDERR = "FastCGI sent in stderr: \"";

    private final Sink sink;
    private final List<Line> open = new ArrayList<>();
    private int heldFrom;
    private int openLength;

    public ErrorLogReader(Sink sink) {
        this.sink = sink;
    }

    private record Line(long position, String text) {}

    /**
     * Takes the next line.
     *
     * @param position line number or byte offset, handed on as it is
     * @param line without its newline
     */
    public void line(long position, String line) {
        if (line.isEmpty() && open.isEmpty()) {
            sink.unparsed(position, line);
            return;
        }
        Deque<Line> todo = new ArrayDeque<>();
        todo.add(new Line(position, LinePrefix.strip(line)));
        while (!todo.isEmpty()) {
            take(todo.poll(), todo);
        }
    }

    /** True when no entry is open: the next line begins anew. */
    public boolean isIdle() {
        return open.isEmpty();
    }

    /** No more lines: what is still open is handed out as it is. */
    public void end() {
        while (!open.isEmpty()) {
            Deque<Line> held = release();
            while (!held.isEmpty()) {
                take(held.poll(), held);
            }
        }
    }

    private void take(Line line, Deque<Line> todo) {
        boolean starts = ErrorHead.startsEntry(line.text());
        if (open.isEmpty()) {
            begin(line, starts);
        } else if (openLength + line.text().length() > ErrorLogGrammar.LONGEST_ENTRY
                || open.size() >= MOST_LINES) {
            giveUp(line, todo);
        } else if (starts) {
            hold(line, todo);
        } else {
            follow(line, todo);
        }
    }

    private void begin(Line line, boolean starts) {
        if (starts && isOpen(line.text())) {
            add(line);
            heldFrom = 1;
            return;
        }
        emit(line.position(), line.text(), 0);
    }

    /** The open entry will not be closed: hands it out and takes the lines behind it again. */
    private void giveUp(Line line, Deque<Line> todo) {
        Deque<Line> again = release();
        again.add(line);
        again.addAll(todo);
        todo.clear();
        todo.addAll(again);
    }

    private void hold(Line line, Deque<Line> todo) {
        if (isOpen(line.text())) {
            giveUp(line, todo);
            return;
        }
        add(line);
        if (isCut()) {
            emitOpen();
        }
    }

    private void follow(Line line, Deque<Line> todo) {
        boolean holding = open.size() > heldFrom;
        boolean closes = closes(line.text());
        if (holding && !closes && ErrorHead.of(line.text()).present()) {
            giveUp(line, todo);
            return;
        }
        add(line);
        if (closes || isCut()) {
            emitOpen();
        } else if (!holding) {
            heldFrom = open.size();
        }
    }

    /**
     * nginx cuts an entry that is too long at a byte's precision. Bytes that were no UTF-8 are
     * counted for what they may have been: one to three each.
     */
    private boolean isCut() {
        int least = open.size() - 1;
        int most = least;
        for (Line line : open) {
            int broken = (int) line.text().chars().filter(c -> c == '\uFFFD').count();
            int bytes = line.text().getBytes(StandardCharsets.UTF_8).length;
            least += bytes - 2 * broken;
            most += bytes;
        }
        return least <= ErrorLogGrammar.LONGEST_ENTRY && most >= ErrorLogGrammar.LONGEST_ENTRY;
    }

    private void add(Line line) {
        open.add(line);
        openLength += line.text().length() + 1;
    }

    private Deque<Line> release() {
        Deque<Line> held = new ArrayDeque<>(open.subList(heldFrom, open.size()));
        open.subList(heldFrom, open.size()).clear();
        emitOpen();
        return held;
    }

    private void emitOpen() {
        StringBuilder text = new StringBuilder(openLength);
        open.forEach(line -> text.append(text.isEmpty() ? "" : "\n").append(line.text()));
        long position = open.getFirst().position();
        int continuation = open.size() - 1;
        open.clear();
        openLength = 0;
        emit(position, text.toString(), continuation);
    }

    private void emit(long position, String text, int continuation) {
        ErrorLogGrammar.parse(text, continuation)
                .ifPresentOrElse(
                        entry -> sink.entry(position, entry, text),
                        () -> sink.unparsed(position, text));
    }

    /**
     * The message has begun a quoted value and neither it nor a context field has ended. A client's
     * path may hold quotes of its own, so for a request, which nginx always names behind it, one
     * that looks closed is none.
     */
    private static boolean isOpen(String text) {
        ErrorHead head = ErrorHead.of(text);
        int start = head.end();
        boolean quoted =
                text.startsWith(FASTCGI_STDERR, start)
                        || hasOddQuotes(text, start)
                        || (head.connection().isPresent() && text.indexOf('"', start) >= 0);
        return quoted
                && text.length() < ErrorLogGrammar.LONGEST_ENTRY
                && ErrorContext.clientAt(text, start) < 0;
    }

    /** The value's closing quote, then what nginx writes behind it. */
    private static boolean closes(String text) {
        return ErrorContext.clientAt(text, 0) >= 0 || text.contains("\" failed (");
    }

    private static boolean hasOddQuotes(String text, int from) {
        boolean odd = false;
        for (int i = text.indexOf('"', from); i >= 0; i = text.indexOf('"', i + 1)) {
            odd = !odd;
        }
        return odd;
    }
}
