package dev.gatemend.nginx.config;

import dev.gatemend.model.Version;
import java.util.Optional;

/**
 * One meaning of a directive: what {@code ngx_conf_handler} checks before it calls the module.
 *
 * @param module {@code core}, {@code event}, {@code http}, {@code stream}, {@code mail} or {@code
 *     conf}
 * @param contexts mask of {@link Context}
 * @param block opens a block
 * @param kind how its value is read
 * @param since first version with this row; empty for 1.22 or before
 */
record DirectiveRule(
        String name,
        String module,
        int contexts,
        Arguments arguments,
        boolean block,
        ValueKind kind,
        Optional<Version> since) {

    /**
     * How many arguments it takes.
     *
     * @param exactly bit n is set when n arguments (up to 7) are accepted
     * @param atLeast that many or more; 8 when {@code exactly} decides
     */
    record Arguments(int exactly, int atLeast) {
        static Arguments parse(String text) {
            if (text.equals("any")) {
                return new Arguments(0, 0);
            }
            if (text.endsWith("+")) {
                return new Arguments(0, Integer.parseInt(text.substring(0, text.length() - 1)));
            }
            int exactly = 0;
            for (String count : text.split(",", -1)) {
                exactly |= 1 << Integer.parseInt(count);
            }
            return new Arguments(exactly, Integer.MAX_VALUE);
        }

        boolean accept(int count) {
            return count >= atLeast || (count < 8 && (exactly & 1 << count) != 0);
        }
    }

    /** A row of the table. */
    static DirectiveRule parse(String row) {
        String[] fields = row.split("\t", -1);
        return new DirectiveRule(
                fields[0],
                fields[1],
                Context.mask(fields[1], fields[2]),
                Arguments.parse(fields[3]),
                fields[4].equals("block"),
                ValueKind.of(fields[5]),
                Version.find(fields[6]));
    }

    boolean existsIn(Version version) {
        return since.isEmpty() || version.compareTo(since.get()) >= 0;
    }
}
