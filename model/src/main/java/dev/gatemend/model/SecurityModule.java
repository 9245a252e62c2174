package dev.gatemend.model;

/**
 * A Linux security module.
 *
 * @param name {@code selinux} or {@code apparmor}
 * @param state {@code enforcing}, {@code permissive}, {@code inactive}
 */
public record SecurityModule(String name, String state) implements Fact {}
