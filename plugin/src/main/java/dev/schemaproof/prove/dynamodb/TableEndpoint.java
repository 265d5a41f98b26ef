package dev.schemaproof.prove.dynamodb;

import dev.schemaproof.output.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A DynamoDB for tests that listens somewhere, such as DynamoDB Local. Its tables get names of their own there, so that nothing that is
 * there already is touched, and are dropped at the end.
 *
 * <p>Calls are not signed by a secret: what runs for tests takes any signature, and the real DynamoDB takes none of these.
 */
public final class TableEndpoint implements TableService, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration TABLE = Duration.ofSeconds(60);
    private static final int PAUSE_MILLIS = 50;
    private static final int OK = 200;

    private final URI address;
    private final String prefix;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final Deque<String> made = new ArrayDeque<>();

    /**
     * @param address such as {@code http://localhost:8000}
     * @param prefix what the names of the tables begin with there
     */
    public TableEndpoint(URI address, String prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    @Override
    public String description() {
        return "the DynamoDB at " + address;
    }

    @Override
    public Map<String, @Nullable Object> call(String operation, Map<String, ?> body)
            throws RefusedCallException, IOException {
        var table = prefix + body.get("TableName");
        var there = new LinkedHashMap<String, @Nullable Object>(body);
        there.put("TableName", table);
        // Ours is to be dropped
        there.remove("DeletionProtectionEnabled");
        var answer = send(operation, there);
        if (operation.equals("CreateTable")) {
            made.push(table);
            await(table);
        } else if (operation.equals("DeleteTable")) {
            made.remove(table);
        }
        return answer;
    }

    /** A new table can be used a moment later. */
    private void await(String table) throws RefusedCallException, IOException {
        var end = System.nanoTime() + TABLE.toNanos();
        while (System.nanoTime() - end < 0) {
            if (send("DescribeTable", Map.of("TableName", table)).get("Table") instanceof Map<?, ?> described
                    && "ACTIVE".equals(described.get("TableStatus"))) {
                return;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while " + description() + " made a table", e);
            }
        }
        throw new IOException(description() + " did not make a table in " + TABLE.toSeconds() + " s");
    }

    private Map<String, @Nullable Object> send(String operation, Map<String, ?> body)
            throws RefusedCallException, IOException {
        var request = HttpRequest.newBuilder(address)
                .timeout(ANSWER)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("X-Amz-Date", "20240101T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=schemaproof/20240101/local/dynamodb/aws4_request,"
                                + " SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + "0".repeat(64))
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
                .build();
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + description() + " was asked", e);
        } catch (IOException e) {
            throw new IOException(description() + " does not answer: " + reason(e), e);
        }
        var answer = answer(response);
        if (response.statusCode() == OK) {
            return answer;
        }
        var type = String.valueOf(answer.get("__type"));
        if (answer.get("__type") == null || response.statusCode() > 499) {
            throw new IOException(description() + " answers " + operation + " with status " + response.statusCode());
        }
        var message = answer.get("message") == null ? answer.get("Message") : answer.get("message");
        throw new RefusedCallException(type.substring(type.indexOf('#') + 1), String.valueOf(message));
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> answer(HttpResponse<String> response) throws IOException {
        Object answer;
        try {
            answer = Json.read(response.body());
        } catch (RuntimeException e) {
            throw new IOException(description() + " answers with something that is not JSON", e);
        }
        if (answer instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IOException(description() + " answers with something that DynamoDB never answers");
    }

    /** Drops the tables that were made; those that can't be dropped any more are left. */
    @Override
    public void close() {
        while (!made.isEmpty()) {
            try {
                send("DeleteTable", Map.of("TableName", made.pop()));
            } catch (RefusedCallException | IOException e) {
                // It is gone with its tables, or keeps them: nothing more can be done about it
            }
        }
    }
}
