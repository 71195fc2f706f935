package io.multicloudboutique.accounting.crm;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.support.upstream.UpstreamListClient;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads customers from the CRM. A failed call returns the reason instead of an error. Thread-safe. */
@Component
public class CrmClient {

    private final UpstreamListClient<CrmCustomer[], CrmCustomer> crm;

    public CrmClient(CrmSettings settings, MeterRegistry meters) {
        crm = new UpstreamListClient<>(
                "CRM",
                settings.service().url(),
                settings.api().key(),
                "/customers?limit=50",
                CrmCustomer[].class,
                List::of,
                meters);
    }

    /** Sends a first request at startup to load classes and open a connection before a caller needs them. */
    @EventListener(ApplicationReadyEvent.class)
    void warmUp() {
        customers().subscribe();
    }

    /**
     * Emits the 50 newest customers, newest first, or the reason why the call failed. Never completes with an error or
     * without a value.
     */
    public Mono<UpstreamListClient.Answer<CrmCustomer>> customers() {
        return crm.list();
    }
}
