package io.multicloudboutique.client.crm;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The filters and the page size for a list of customers. Immutable. */
public final class CustomerQuery {

    private final @Nullable String email;
    private final @Nullable Integer pageSize;

    private CustomerQuery(@Nullable String email, @Nullable Integer pageSize) {
        this.email = email;
        this.pageSize = pageSize;
    }

    /** Returns a query without filters, with the default page size. */
    public static CustomerQuery all() {
        return new CustomerQuery(null, null);
    }

    /** Returns a copy that matches only customers with exactly this email address. */
    public CustomerQuery withEmail(String email) {
        return new CustomerQuery(Objects.requireNonNull(email, "email"), pageSize);
    }

    /**
     * Returns a copy with the given page size, which is the maximum number of items on a page: 1 to 200. Defaults to
     * 50.
     */
    public CustomerQuery withPageSize(int pageSize) {
        return new CustomerQuery(email, pageSize);
    }

    /** The email address to match; empty if email addresses are not filtered. */
    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    /** The maximum number of items on a page, 1 to 200; empty for the default of 50. */
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
