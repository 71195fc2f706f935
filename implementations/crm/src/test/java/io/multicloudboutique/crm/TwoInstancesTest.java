package io.multicloudboutique.crm;

import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TwoInstancesItemPromises;
import org.junit.jupiter.api.extension.RegisterExtension;

class TwoInstancesTest extends TwoInstancesItemPromises {

    @RegisterExtension
    static final RunningService crm = RunningService.of(CrmApplication.class, "crm");

    TwoInstancesTest() {
        super(
                crm,
                new Items("/customers", "", "customers", n -> "{\"name\":\"Ann\",\"surname\":\"Lee " + n + "\"}"),
                n -> "{\"email\":\"ann" + n + "@example.com\"}");
    }
}
