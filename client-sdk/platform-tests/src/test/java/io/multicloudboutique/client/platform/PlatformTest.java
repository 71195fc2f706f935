package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.ServiceClient;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlatformTest {

    /** Each test class has a {@link Recorded} client, which ensures that the tests call all methods of the client. */
    @Test
    void eachServiceHasItsOwnTestClass() {
        var clients = Arrays.stream(BoutiqueClient.class.getMethods())
                .map(Method::getReturnType)
                .filter(ServiceClient.class::isAssignableFrom)
                .toList();
        assertThat(clients)
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(client -> assertThat(
                                Class.forName(getClass().getPackageName() + "." + client.getSimpleName() + "Test")
                                        .getDeclaredField("RECORDED")
                                        .getGenericType()
                                        .getTypeName())
                        .contains(client.getName()));
    }
}
