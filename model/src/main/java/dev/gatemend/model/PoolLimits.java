package dev.gatemend.model;

/**
 * How many children a PHP-FPM pool may have, as its file says ({@code pm.max_children}). The
 * running one may have read an older file.
 *
 * @param listens its address, as in {@link KeptProgram#listens}
 * @param definition the file
 */
public record PoolLimits(String pool, String listens, int maxChildren, String definition)
        implements Fact {}
