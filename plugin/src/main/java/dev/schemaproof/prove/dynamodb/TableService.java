package dev.schemaproof.prove.dynamodb;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that answers calls of DynamoDB's API, version 2012-08-10. */
public interface TableService {

    /** What it is, for reports. */
    String description();

    /**
     * Makes a call.
     *
     * @param operation the operation's name, such as {@code PutItem}
     * @param body the body of the call, as JSON would say it
     * @return the body of the answer
     * @throws RefusedCallException when the service refuses the call
     * @throws IOException when the service can't be reached, or answers with something else
     */
    Map<String, @Nullable Object> call(String operation, Map<String, ?> body) throws RefusedCallException, IOException;

    /** The service refused a call. */
    final class RefusedCallException extends Exception {

        private static final long serialVersionUID = 1L;

        private static final String CONDITION = "ConditionalCheckFailedException";

        private final String code;

        public RefusedCallException(String code, String message) {
            super(message);
            this.code = code;
        }

        static RefusedCallException invalid(String message) {
            return new RefusedCallException("ValidationException", message);
        }

        static RefusedCallException conditionFailed() {
            return new RefusedCallException(CONDITION, "The conditional request failed");
        }

        /** DynamoDB's name for the kind of error, without the namespace. */
        public String code() {
            return code;
        }

        /** Whether the item wasn't as the call asked for, so that nothing was written. */
        public boolean isConditionFailed() {
            return code.equals(CONDITION);
        }
    }
}
