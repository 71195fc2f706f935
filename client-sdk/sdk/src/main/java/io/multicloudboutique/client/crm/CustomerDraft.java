package io.multicloudboutique.client.crm;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer to add. Immutable.
 */
public final class CustomerDraft {

    private final String name;
    private final String surname;
    private final @Nullable String email;

    private CustomerDraft(String name, String surname, @Nullable String email) {
        this.name = Objects.requireNonNull(name, "name");
        this.surname = Objects.requireNonNull(surname, "surname");
        this.email = email;
    }

    /**
     * Creates a customer with the required fields.
     *
     * @param name the given name, 1 to 200 characters
     * @param surname the family name, 1 to 200 characters
     */
    public static CustomerDraft of(String name, String surname) {
        return new CustomerDraft(name, surname, null);
    }

    /** Returns a copy with the given email address, at most 254 characters. */
    public CustomerDraft withEmail(String email) {
        return new CustomerDraft(name, surname, Objects.requireNonNull(email, "email"));
    }

    /** The given name, 1 to 200 characters. */
    public String name() {
        return name;
    }

    /** The family name, 1 to 200 characters. */
    public String surname() {
        return surname;
    }

    /** The email address, at most 254 characters; empty if it is not set. */
    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomerDraft that
                && Objects.equals(name, that.name)
                && Objects.equals(surname, that.surname)
                && Objects.equals(email, that.email);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, surname, email);
    }

    @Override
    public String toString() {
        return "CustomerDraft[name=" + name + ", surname=" + surname + ", email=" + email + "]";
    }
}
