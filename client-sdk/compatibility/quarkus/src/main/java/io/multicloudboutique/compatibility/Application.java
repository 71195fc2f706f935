package io.multicloudboutique.compatibility;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.example.PlaceAnOrder;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

@QuarkusMain
public class Application implements QuarkusApplication {

    @Inject
    BoutiqueClient boutique;

    /** Quarkus' own mapper of Jackson 2. */
    @Inject
    ObjectMapper json;

    @Override
    public int run(String... args) {
        var receipt = PlaceAnOrder.placeAnOrder(boutique);
        System.out.println("Placed: " + receipt.transaction().item() + ", "
                + receipt.transaction().price());
        return 0;
    }

    @ApplicationScoped
    static class Clients {

        @Produces
        @ApplicationScoped
        BoutiqueClient boutique() {
            return BoutiqueClient.fromEnv();
        }

        void close(@Disposes BoutiqueClient boutique) {
            boutique.close();
        }
    }
}
