package io.multicloudboutique.crm.customer;

import io.multicloudboutique.crm.api.CustomerChangeDto;
import io.multicloudboutique.crm.api.CustomerDraftDto;
import io.multicloudboutique.crm.api.CustomerDto;
import io.multicloudboutique.crm.api.CustomersApi;
import io.multicloudboutique.crm.api.DeletedCustomerDto;
import io.multicloudboutique.crm.customer.Customer.Draft;
import io.multicloudboutique.support.idempotency.Decision;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.idempotency.WriteLane;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.versions.EntityTags;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class CustomerController implements CustomersApi {

    private final CustomerRepository customers;
    private final WriteLane<Draft> additions;

    CustomerController(CustomerRepository customers, Idempotency idempotency) {
        this.customers = customers;
        additions = idempotency.lane(
                "customers",
                drafts ->
                        customers.addAll(drafts).map(added -> Decision.acceptAll(added, CustomerController::created)));
    }

    @Override
    public Mono<ResponseEntity<Flux<CustomerDto>>> listCustomers(
            @Nullable String email, @Nullable String q, Integer limit, @Nullable String cursor) {
        return customers
                .page(email, q, PageRequest.of(limit, cursor, "listCustomers", email, q))
                .flatMap(page -> page.answer(Flux.fromIterable(page.items()).map(CustomerMapping::toDto)));
    }

    @Override
    public Mono<ResponseEntity<CustomerDto>> createCustomer(
            Mono<CustomerDraftDto> customerDraft, @Nullable String idempotencyKey) {
        return customerDraft.flatMap(
                request -> additions.once(idempotencyKey, request, CustomerDto.class, CustomerMapping.draft(request)));
    }

    @Override
    public Mono<ResponseEntity<CustomerDto>> getCustomer(Long id, @Nullable String ifNoneMatch) {
        return customers
                .find(id)
                .map(customer -> EntityTags.read(ifNoneMatch, customer.version(), CustomerMapping.toDto(customer)));
    }

    @Override
    public Mono<ResponseEntity<CustomerDto>> updateCustomer(
            Long id, Mono<CustomerChangeDto> customerChange, @Nullable String ifMatch) {
        return customerChange
                .map(CustomerMapping::draft)
                .flatMap(change -> customers.change(id, ifMatch, customer -> customer.changed(change)))
                .map(CustomerController::response);
    }

    @Override
    public Mono<ResponseEntity<DeletedCustomerDto>> deleteCustomer(Long id, @Nullable String ifMatch) {
        return customers
                .delete(id, ifMatch)
                .map(customer -> ResponseEntity.ok(
                        new DeletedCustomerDto("Customer " + id + " was deleted.", CustomerMapping.toDto(customer))));
    }

    private static ResponseEntity<CustomerDto> created(Customer customer) {
        return EntityTags.created("customers/" + customer.id(), customer.version(), CustomerMapping.toDto(customer));
    }

    private static ResponseEntity<CustomerDto> response(Customer customer) {
        return EntityTags.ok(customer.version(), CustomerMapping.toDto(customer));
    }
}
