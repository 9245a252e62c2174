package dev.gatemend.model;

import java.util.List;

/**
 * What a pass names: a group of peers known from the configuration, or something that only a
 * request decides.
 */
public sealed interface PassTarget {
    /**
     * A named {@code upstream} block, or the implicit group of a literal address; found in the
     * configuration by name.
     */
    record Group(String upstream) implements PassTarget {}

    /**
     * A target with variables.
     *
     * @param expression as written, {@code http://$backend:8000}
     * @param possible names of the upstream groups it can come to, as far as {@code set} and {@code
     *     map} tell
     * @param names host names that nginx must resolve at run time, as far as they are known
     * @param undecided variables that only a request knows, with their {@code $}
     */
    record Variable(
            String expression, List<String> possible, List<String> names, List<String> undecided)
            implements PassTarget {
        public Variable {
            possible = List.copyOf(possible);
            names = List.copyOf(names);
            undecided = List.copyOf(undecided);
        }
    }
}
