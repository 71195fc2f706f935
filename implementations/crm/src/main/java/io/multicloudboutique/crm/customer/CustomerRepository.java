package io.multicloudboutique.crm.customer;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.crm.customer.Customer.Draft;
import io.multicloudboutique.support.database.Columns;
import io.multicloudboutique.support.database.Conditions;
import io.multicloudboutique.support.database.SearchText;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.items.ItemRepository;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes customers in the database. */
@Repository
class CustomerRepository extends ItemRepository<Customer> {

    private static final String COLUMNS = "id, name, surname, email, version";

    /** The text that a search for words reads, as in the index. */
    private static final String TEXT = "name || ' ' || surname || ' ' || coalesce(email, '')";

    CustomerRepository(DatabaseClient database, Transactions transactions, MeterRegistry meters) {
        super(database, transactions, meters, "customers", COLUMNS, "customer");
    }

    /**
     * Returns one page of customers, newest first.
     *
     * @param email if not null, the page contains only customers with this address, whatever its letter case
     * @param words if not null, the page contains only customers whose texts together have all of these words
     */
    Mono<Page<Customer>> page(@Nullable String email, @Nullable String words, PageRequest request) {
        if (words != null) {
            return search(email, words, request);
        }
        return email == null ? pageNewestFirst(request) : pageNewestFirstIgnoringCase(request, "email", email);
    }

    private Mono<Page<Customer>> search(@Nullable String email, String words, PageRequest request) {
        var where = new Conditions()
                .and(SearchText.matches(TEXT, ":words"), "words", words)
                .and("lower(email) = lower(:email)", "email", email)
                .and("id < :before", "before", request.afterNumber(Long.MAX_VALUE));
        // PostgreSQL cannot estimate the number of matches. OFFSET 0 keeps it from looking for them in the order of the
        // ids.
        return Page.of(
                database.sql("SELECT * FROM (SELECT " + COLUMNS + " FROM customers WHERE " + where
                                + " OFFSET 0) AS found ORDER BY id DESC LIMIT :rows")
                        .bindValues(where.values())
                        .bind("rows", request.rows())
                        .map(this::item)
                        .all(),
                request,
                customer -> Cursor.at(customer.id()));
    }

    /** Adds customers in this order. */
    Mono<List<Customer>> addAll(List<Draft> drafts) {
        return addAll(database.sql("""
                        INSERT INTO customers (name, surname, email)
                        SELECT name, surname, email FROM unnest(:names, :surnames, :emails)
                            WITH ORDINALITY AS draft (name, surname, email, position)
                        ORDER BY position RETURNING\s""" + COLUMNS)
                .bind("names", Columns.of(drafts, Draft::name, String[]::new))
                .bind("surnames", Columns.of(drafts, Draft::surname, String[]::new))
                .bind("emails", Columns.of(drafts, Draft::email, String[]::new)));
    }

    @Override
    protected Mono<Customer> update(Customer before, Customer after) {
        return database.sql("""
                        UPDATE customers SET name = :name, surname = :surname, email = :email, version = version + 1
                        WHERE id = :id RETURNING\s""" + COLUMNS)
                .bind("id", before.id())
                .bind("name", after.name())
                .bind("surname", after.surname())
                .bind("email", Parameters.in(R2dbcType.VARCHAR, after.email()))
                .map(this::item)
                .one();
    }

    @Override
    protected Customer item(Readable row) {
        return new Customer(
                row.get("id", Long.class),
                row.get("name", String.class),
                row.get("surname", String.class),
                row.get("email", String.class),
                row.get("version", Long.class));
    }
}
