package io.multicloudboutique.aottraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OperationsTest {

    @Test
    void operationsOfAnItemAreCalledForTheItemThatAnExampleCreates() {
        assertThat(calls("""
                {"paths": {
                  "/menu/{id}": {
                    "get": {},
                    "put": {"requestBody": {"content": {"application/json": {"examples": {"price": {"value": {"price": 2}}}}}}},
                    "delete": {}},
                  "/menu/{id}/orders": {"post": {}},
                  "/menu": {
                    "get": {},
                    "post": {"requestBody": {"content": {"application/json": {"examples": {"tea": {"value": {"name": "Tea"}}}}}}}},
                  "/readyz": {"get": {}}}}
                """, Optional.of("/menu/7")))
                .containsExactly(
                        "POST /menu {\"name\":\"Tea\"}",
                        "GET /menu/7",
                        "GET /menu",
                        "GET /readyz",
                        "PUT /menu/7 {\"price\":2}",
                        "DELETE /menu/7");
    }

    @Test
    void anOperationIsCalledWithEachExampleOfItsBody() {
        assertThat(calls("""
                {"paths": {"/menu": {"post": {"requestBody": {"content": {"application/json": {
                  "examples": {"tea": {"value": {"name": "Tea"}}, "cake": {"value": {"name": "Cake"}}}}}}}}}}
                """, Optional.empty()))
                .containsExactly("POST /menu {\"name\":\"Tea\"}", "POST /menu {\"name\":\"Cake\"}");
    }

    @Test
    void operationsOfAnItemThatNoExampleCreatesAreLeftOut() {
        assertThat(calls("""
                {"paths": {"/menu": {"post": {}}, "/menu/{id}": {"get": {}}}}
                """, Optional.empty())).containsExactly("POST /menu");
    }

    private static List<String> calls(String contract, Optional<String> location) {
        var calls = new ArrayList<String>();
        Operations.of(JsonMapper.shared().readTree(contract)).call((method, path, body) -> {
            calls.add((method + " " + path + " " + body.orElse("")).strip());
            return method.equals("POST") ? location : Optional.empty();
        });
        return calls;
    }
}
