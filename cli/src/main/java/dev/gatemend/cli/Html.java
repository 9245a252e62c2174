package dev.gatemend.cli;

/**
 * Writes HTML: what it is given is text, and is escaped; there is no other way in. Elements are
 * closed by construction. Names of elements and attributes are the program's own.
 *
 * <p>Why no template engine: one page does not pay for a compiler step in each build and two more
 * jars at each start.
 */
final class Html {
    private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");

    /** An element with elements in it. */
    void in(String name, Runnable content, String... attributes) {
        start(name, attributes);
        out.append('\n');
        content.run();
        out.append("</").append(name).append(">\n");
    }

    /** An element with text in it. */
    void text(String name, String content, String... attributes) {
        start(name, attributes);
        escape(content);
        out.append("</").append(name).append(">\n");
    }

    /** An element of HTML that cannot have content and has no end; SVG has none such. */
    void empty(String name, String... attributes) {
        start(name, attributes);
        out.append('\n');
    }

    /** The page's only style sheet; it is part of the program. */
    void style(StyleSheet sheet) {
        out.append("<style>").append(sheet.text()).append("</style>\n");
    }

    /**
     * @param attributes names and values in turn
     */
    private void start(String name, String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
