package io.multicloudboutique.client.crm;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which customers to list. Immutable.
 */
public final class CustomerQuery {

    private final @Nullable String email;
    private final @Nullable Integer pageSize;

    private CustomerQuery(@Nullable String email, @Nullable Integer pageSize) {
        this.email = email;
        this.pageSize = pageSize;
    }

    /** All of them. */
    public static CustomerQuery all() {
        return new CustomerQuery(null, null);
    }

    /** A copy with this {@code email}: only those with exactly this email address. */
    public CustomerQuery withEmail(String email) {
        return new CustomerQuery(Objects.requireNonNull(email, "email"), pageSize);
    }

    /** A copy with this {@code pageSize}: how many a page has at the most, 1 to 200. Defaults to 50. */
    public CustomerQuery withPageSize(int pageSize) {
        return new CustomerQuery(email, pageSize);
    }

    /** Only those with exactly this email address. Empty if it is not set. */
    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    /** How many a page has at the most, 1 to 200. Defaults to 50. Empty if it is not set. */
    public Optional<Integer> pageSize() {
        return Optional.ofNullable(pageSize);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomerQuery that
                && Objects.equals(email, that.email)
                && Objects.equals(pageSize, that.pageSize);
    }

    @Override
    public int hashCode() {
        return Objects.hash(email, pageSize);
    }

    @Override
    public String toString() {
        return "CustomerQuery[email=" + email + ", pageSize=" + pageSize + "]";
    }
}
