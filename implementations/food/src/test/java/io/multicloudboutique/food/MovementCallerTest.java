package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.inventory.InventoryApplication;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The callers in the inventory's movements. The issuer of tokens is in this module. */
class MovementCallerTest {

    private static final String KEY = "key";
    private static final Issuer issuer = new Issuer();

    @RegisterExtension
    static final RunningService inventory = RunningService.of(
            InventoryApplication.class,
            "inventory",
            () -> "boutique.security.mode=jwt",
            () -> "boutique.security.jwt.issuer=" + issuer.url(),
            () -> "boutique.security.jwt.audience=" + Issuer.AUDIENCE,
            // the SHA-256 of "key"
            () ->
                    "boutique.security.api-keys=warehouse=2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683");

    @AfterAll
    static void stopIssuer() {
        issuer.close();
    }

    @Test
    void areTheNamesOfKeysAndTheSubjectsOfTokens() {
        withKey(client().post("/inventory").json("{\"productId\":\"CALLED\",\"name\":\"Test\",\"stockLevel\":5}"))
                .expect(201);
        withToken(client().post("/inventory/CALLED/reserve"), "auth0|4711:a").expect(200);
        withToken(client().put("/inventory/CALLED").json("{\"stockLevel\":6}"), "shop")
                .expect(200);
        withKey(client().post("/inventory/adjustments")
                        .json("{\"lines\":[{\"productId\":\"CALLED\",\"delta\":1}],\"reason\":\"returned\"}"))
                .expect(200);

        assertThat(callers("/inventory/CALLED")).containsExactly("warehouse", "shop", "auth0|4711:a", "warehouse");
    }

    @RepeatedTest(3) // the periodic task may be faster
    void areAbsentFromExpiriesThatARequestCauses() {
        var cart = "{\"lines\":[{\"productId\":\"9SIQT8TOJO\",\"quantity\":7}],\"reference\":\"again\"}";
        withToken(client().post("/reservations").json(cart), "holder").expect(201);
        inventory.database().execute("UPDATE inventory.reservations SET expires_at = now() WHERE status = 'active'");
        var held = withKey(client().post("/reservations").json(cart)).expect(201);
        withKey(client().post("/" + held.header("Location") + "/cancel")).expect(200);

        assertThat(callers("/inventory/9SIQT8TOJO").subList(0, 4))
                .containsExactly("warehouse", "warehouse", "", "holder");
    }

    private static List<String> callers(String product) {
        return withKey(client().get(product + "/movements"))
                .expect(200)
                .json()
                .valueStream()
                .map(movement -> movement.path("caller").asString(""))
                .toList();
    }

    private static ContractClient.Call withKey(ContractClient.Call call) {
        return call.header("X-API-Key", KEY);
    }

    private static ContractClient.Call withToken(ContractClient.Call call, String subject) {
        var token = issuer.token(claims -> claims.subject(subject).claim("scope", "inventory:read inventory:write"));
        return call.header("Authorization", "Bearer " + token);
    }

    private static ContractClient client() {
        return inventory.client();
    }
}
