package io.multicloudboutique.client.crm;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a customer. What is not set stays. Immutable.
 */
public final class CustomerChange {

    private final @Nullable String name;
    private final @Nullable String surname;
    private final @Nullable String email;

    private CustomerChange(@Nullable String name, @Nullable String surname, @Nullable String email) {
        this.name = name;
        this.surname = surname;
        this.email = email;
    }

    /** Changes nothing yet. */
    public static CustomerChange none() {
        return new CustomerChange(null, null, null);
    }

    /** A copy with this {@code name}: the given name. */
    public CustomerChange withName(String name) {
        return new CustomerChange(Objects.requireNonNull(name, "name"), surname, email);
    }

    /** A copy with this {@code surname}: the family name. */
    public CustomerChange withSurname(String surname) {
        return new CustomerChange(name, Objects.requireNonNull(surname, "surname"), email);
    }

    /** A copy with this {@code email}: the email address; {@code ""} removes it. */
    public CustomerChange withEmail(String email) {
        return new CustomerChange(name, surname, Objects.requireNonNull(email, "email"));
    }

    /** The given name. Empty if it is not set. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The family name. Empty if it is not set. */
    public Optional<String> surname() {
        return Optional.ofNullable(surname);
    }

    /** The email address; {@code ""} removes it. Empty if it is not set. */
    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomerChange that
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
        return "CustomerChange[name=" + name + ", surname=" + surname + ", email=" + email + "]";
    }
}
