package io.multicloudboutique.accounting.crm;

import io.multicloudboutique.support.upstream.UpstreamListClient;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks the CRM which customers there are, and says so if it does not answer. Thread-safe. */
@Component
public class CrmClient {

    private final UpstreamListClient crm;

    public CrmClient(CrmSettings settings) {
        crm = new UpstreamListClient(
                "CRM", settings.service().url(), settings.api().key());
    }

    /** The first question loads classes and opens a connection: nobody who waits for a list should have to wait for that. */
    @EventListener(ApplicationReadyEvent.class)
    void warmUp() {
        customers().subscribe();
    }

    /** The 50 newest customers, newest first, or why there are none. Never an error, never empty. */
    public Mono<UpstreamListClient.Answer<CrmCustomer>> customers() {
        return crm.list("/customers?limit=50", CrmCustomer[].class, List::of);
    }
}
