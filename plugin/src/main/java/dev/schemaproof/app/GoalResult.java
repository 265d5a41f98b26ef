package dev.schemaproof.app;

import dev.schemaproof.output.RunRecord.Message;
import java.util.List;
import java.util.Optional;

/**
 * What a goal has to say when it is done.
 *
 * @param messages for the log, in order
 * @param failure why the build fails, if it does: something that the user can mend in the model
 */
public record GoalResult(List<Message> messages, Optional<String> failure) {

    public GoalResult {
        messages = List.copyOf(messages);
    }

    /** Nothing was done, and whoever decided so has said it. */
    public static GoalResult nothing() {
        return of(List.of());
    }

    static GoalResult of(List<Message> messages) {
        return new GoalResult(messages, Optional.empty());
    }

    static GoalResult info(String text) {
        return of(List.of(new Message("info", text)));
    }
}
