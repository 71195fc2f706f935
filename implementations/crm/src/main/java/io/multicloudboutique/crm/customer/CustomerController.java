package io.multicloudboutique.crm.customer;

import io.multicloudboutique.crm.api.Customer;
import io.multicloudboutique.crm.api.CustomerChange;
import io.multicloudboutique.crm.api.CustomersApi;
import io.multicloudboutique.crm.api.DeletedCustomer;
import io.multicloudboutique.crm.api.NewCustomer;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.versions.EntityTags;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class CustomerController implements CustomersApi {

    private final Customers customers;
    private final Idempotency idempotency;

    CustomerController(Customers customers, Idempotency idempotency) {
        this.customers = customers;
        this.idempotency = idempotency;
    }

    @Override
    public Mono<ResponseEntity<Flux<Customer>>> listCustomers(
            @Nullable String email, Integer limit, @Nullable String cursor) {
        return customers
                .page(email, PageRequest.of(limit, cursor))
                .flatMap(page -> page.answer(Flux.fromIterable(page.items()).map(CustomerMapping::toApi)));
    }

    @Override
    public Mono<ResponseEntity<Customer>> createCustomer(
            Mono<NewCustomer> newCustomer, @Nullable String idempotencyKey) {
        return newCustomer.flatMap(request -> idempotency.once(
                idempotencyKey,
                request,
                Customer.class,
                () -> customers
                        .add(CustomerMapping.draft(request))
                        .map(customer -> EntityTags.created(
                                "customers/" + customer.id(), customer.version(), CustomerMapping.toApi(customer)))));
    }

    @Override
    public Mono<ResponseEntity<Customer>> getCustomer(Long id, @Nullable String ifNoneMatch) {
        return customers.find(id).map(CustomerController::answer);
    }

    @Override
    public Mono<ResponseEntity<Customer>> updateCustomer(
            Long id, Mono<CustomerChange> customerChange, @Nullable String ifMatch) {
        return customerChange
                .map(CustomerMapping::draft)
                .flatMap(change -> customers.change(id, ifMatch, customer -> customer.changed(change)))
                .map(CustomerController::answer);
    }

    @Override
    public Mono<ResponseEntity<DeletedCustomer>> deleteCustomer(Long id, @Nullable String ifMatch) {
        return customers
                .delete(id, ifMatch)
                .map(customer -> ResponseEntity.ok(
                        new DeletedCustomer("Customer " + id + " was deleted.", CustomerMapping.toApi(customer))));
    }

    private static ResponseEntity<Customer> answer(io.multicloudboutique.crm.customer.Customer customer) {
        return EntityTags.ok(customer.version(), CustomerMapping.toApi(customer));
    }
}
