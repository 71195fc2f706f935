package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedPlatform.class)
class PlatformTest {

    @Test
    void itServes(Platform platform) {
        assertThat(platform.client().analytics().getHealth().healthy()).isTrue();
        assertThat(platform.client()
                        .food()
                        .listFoodItems()
                        .first()
                        .inventoryCheck()
                        .checked())
                .isTrue();
    }
}
