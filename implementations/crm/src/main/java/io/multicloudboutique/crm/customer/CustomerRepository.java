package io.multicloudboutique.crm.customer;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.crm.customer.Customer.Draft;
import io.multicloudboutique.support.database.Columns;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.items.ItemRepository;
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

    CustomerRepository(DatabaseClient database, Transactions transactions, MeterRegistry meters) {
        super(database, transactions, meters, "customers", "customer");
    }

    /**
     * Returns one page of customers, newest first. If an email address is given, the page contains only customers with
     * exactly this address.
     */
    Mono<Page<Customer>> page(@Nullable String email, PageRequest request) {
        return email == null ? pageNewestFirst(request) : pageNewestFirst(request, "email", email);
    }

    /** Adds customers in this order. */
    Mono<List<Customer>> addAll(List<Draft> drafts) {
        return addAll(database.sql("""
                        INSERT INTO customers (name, surname, email)
                        SELECT name, surname, email FROM unnest(:names, :surnames, :emails)
                            WITH ORDINALITY AS draft (name, surname, email, position)
                        ORDER BY position RETURNING *
                        """)
                .bind("names", Columns.of(drafts, Draft::name, String[]::new))
                .bind("surnames", Columns.of(drafts, Draft::surname, String[]::new))
                .bind("emails", Columns.of(drafts, Draft::email, String[]::new)));
    }

    @Override
    protected Mono<Customer> update(Customer before, Customer after) {
        return database.sql("""
                        UPDATE customers SET name = :name, surname = :surname, email = :email, version = version + 1
                        WHERE id = :id RETURNING *
                        """)
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
