package io.multicloudboutique.accounting;

import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.ContractExamples;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExamplesTest extends ContractExamples {

    @RegisterExtension
    static final RunningService accounting =
            RunningService.of(AccountingApplication.class, "accounting", () -> "crm.service.url=http://127.0.0.1:1");

    ExamplesTest() {
        super(accounting, Map.of("id", "1"));
    }

    @Override
    protected Map<String, Callable<Answer>> provocations() {
        return Map.of(
                "referenceTaken", this::recordTheSameReferenceTwice,
                "refundExceedsRest", this::refundMoreThanThePrice,
                "transactionRefunded", this::deleteARefundedTransaction);
    }

    private Answer recordTheSameReferenceTwice() {
        var order = "{\"item\":\"Lamp\",\"price\":5,\"date\":\"2025-10-29\",\"reference\":\"twice\"}";
        accounting.client().post("/transactions").json(order).expect(201);
        return accounting.client().post("/transactions").json(order).send();
    }

    private Answer refundMoreThanThePrice() {
        return accounting
                .client()
                .post("/transactions/2/refund")
                .json("{\"amount\":300}")
                .send();
    }

    private Answer deleteARefundedTransaction() {
        accounting.client().post("/transactions/3/refund").expect(201);
        return accounting.client().delete("/transactions/3").send();
    }

    @Override
    protected void makeRoom() {
        accounting.database().execute("""
                DELETE FROM accounting.transactions WHERE refund_of IS NOT NULL;
                UPDATE accounting.transactions SET reference = NULL, refunded = 0;
                """);
    }
}
