package dev.schemaproof.prove.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.schemaproof.output.Json;
import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableEndpointTest {

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private volatile int status = 200;
    private volatile String answer = "{}";
    private HttpServer server;
    private TableEndpoint endpoint;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        endpoint = new TableEndpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "mine-");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        calls.add(target.substring(target.indexOf('.') + 1) + " "
                + ((Map<?, ?>) java.util.Objects.requireNonNull(Json.read(body))).get("TableName"));
        var text = target.endsWith("DescribeTable")
                ? "{\"Table\": {\"TableStatus\": \""
                        + (calls.stream()
                                                .filter(call -> call.startsWith("Describe"))
                                                .count()
                                        < 3
                                ? "CREATING"
                                : "ACTIVE")
                        + "\"}}"
                : answer;
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void namesItsTablesAwaitsThemAndDropsThem() throws Exception {
        endpoint.call("CreateTable", Map.of("TableName", "notes"));
        endpoint.call("PutItem", Map.of("TableName", "notes"));
        endpoint.close();
        endpoint.close();
        assertThat(calls)
                .containsExactly(
                        "CreateTable mine-notes",
                        "DescribeTable mine-notes",
                        "DescribeTable mine-notes",
                        "DescribeTable mine-notes",
                        "PutItem mine-notes",
                        "DeleteTable mine-notes");
    }

    @Test
    void tellsARefusalFromAFailure() {
        status = 400;
        answer =
                "{\"__type\": \"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\", \"message\": \"no\"}";
        assertThatThrownBy(() -> endpoint.call("PutItem", Map.of("TableName", "notes")))
                .isInstanceOfSatisfying(RefusedCallException.class, e -> {
                    assertThat(e.isConditionFailed()).isTrue();
                    assertThat(e).hasMessage("no");
                });
        status = 500;
        assertThatThrownBy(() -> endpoint.call("PutItem", Map.of("TableName", "notes")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("answers PutItem with status 500");
    }

    @Test
    void saysWhenItIsNoDynamoDb() {
        answer = "<html>";
        assertThatThrownBy(() -> endpoint.call("PutItem", Map.of("TableName", "notes")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not JSON");
        answer = "[]";
        assertThatThrownBy(() -> endpoint.call("PutItem", Map.of("TableName", "notes")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("never answers");
    }

    @Test
    void saysWhenNothingAnswers() {
        server.stop(0);
        assertThatThrownBy(() -> endpoint.call("PutItem", Map.of("TableName", "notes")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the DynamoDB at http://127.0.0.1:")
                .hasMessageContaining("does not answer");
    }
}
