package dev.gatemend.nginx.config;

/**
 * Finds the brace that ends a {@code *_by_lua_block} as lua-nginx-module does (its
 * ngx_http_lua_directive.c): braces in Lua strings, long brackets and comments do not count.
 */
final class LuaScanner {
    private final byte[] source;
    private int at;
    private int lastOpened;
    private int openBracket = -1;

    /**
     * @param from the byte behind the block's opening brace
     */
    LuaScanner(byte[] source, int from) {
        this.source = source;
        this.at = from;
        this.lastOpened = from - 1;
    }

    /** Offset of the closing brace; -1 when the block does not end. */
    int closingBrace() {
        int depth = 1;
        while (at < source.length && openBracket < 0) {
            byte b = source[at];
            switch (b) {
                case '{' -> {
                    depth++;
                    lastOpened = at;
                }
                case '}' -> depth--;
                case '"', '\'' -> skipString(b);
                case '-' -> skipComment();
                case '[' -> skipLongBracket(at);
                default -> {}
            }
            if (depth == 0) {
                return at;
            }
            at++;
        }
        return -1;
    }

    /** Where the module's complaint about a block without end belongs. */
    int complaintOffset() {
        return openBracket >= 0 ? openBracket : lastOpened;
    }

    /** The complaint in the module's words. */
    String complaint() {
        if (openBracket < 0) {
            return "unexpected end of file, expecting terminating characters for lua code block";
        }
        String equalSigns = "=".repeat(bracketLevel(openBracket));
        return "Lua code block missing the closing long bracket \"]" + equalSigns + "]\"";
    }

    /** Leaves {@code at} on the closing quote; one not closed on its line is an ordinary byte. */
    private void skipString(byte quote) {
        for (int i = at + 1; i < source.length && source[i] != '\n'; i++) {
            if (source[i] == '\\') {
                i++;
            } else if (source[i] == quote) {
                at = i;
                return;
            }
        }
    }

    private void skipComment() {
        if (at + 1 >= source.length || source[at + 1] != '-') {
            return;
        }
        if (at + 2 < source.length && source[at + 2] == '[' && bracketLevel(at + 2) >= 0) {
            skipLongBracket(at + 2);
            return;
        }
        while (at + 1 < source.length && source[at + 1] != '\n') {
            at++;
        }
    }

    /** Number of equal signs in <code>[==[</code>; -1 when no long bracket opens here. */
    private int bracketLevel(int open) {
        int inner = open + 1;
        while (inner < source.length && source[inner] == '=') {
            inner++;
        }
        return inner < source.length && source[inner] == '[' ? inner - open - 1 : -1;
    }

    /** Leaves {@code at} on the last bracket of <code>[==[ ... ]==]</code>, if one opens here. */
    private void skipLongBracket(int open) {
        int level = bracketLevel(open);
        if (level < 0) {
            return;
        }
        for (int i = open + level + 2; i < source.length; i++) {
            if (source[i] == ']' && closes(i, level)) {
                at = i + level + 1;
                return;
            }
        }
        openBracket = open;
    }

    private boolean closes(int bracket, int level) {
        int end = bracket + level + 1;
        if (end >= source.length || source[end] != ']') {
            return false;
        }
        for (int i = bracket + 1; i < end; i++) {
            if (source[i] != '=') {
                return false;
            }
        }
        return true;
    }
}
