package dev.gatemend.model;

/**
 * A Linux security module.
 *
 * @param name {@code selinux} or {@code apparmor}
 * @param state {@code enforcing}, {@code permissive}, {@code inactive}, or {@code unconfined} when
 *     the module is active and leaves every nginx process seen alone
 */
public record SecurityModule(String name, String state) implements Fact {}
