package io.multicloudboutique.client.crm;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer to add. Immutable.
 */
public final class NewCustomer {

    private final String name;
    private final String surname;
    private final @Nullable String email;

    private NewCustomer(String name, String surname, @Nullable String email) {
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
    public static NewCustomer of(String name, String surname) {
        return new NewCustomer(name, surname, null);
    }

    /** Returns a copy with the given email address, at most 254 characters. */
    public NewCustomer withEmail(String email) {
        return new NewCustomer(name, surname, Objects.requireNonNull(email, "email"));
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
        return other instanceof NewCustomer that
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
        return "NewCustomer[name=" + name + ", surname=" + surname + ", email=" + email + "]";
    }
}
