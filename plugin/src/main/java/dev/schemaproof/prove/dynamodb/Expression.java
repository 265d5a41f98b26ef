package dev.schemaproof.prove.dynamodb;

import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A condition in DynamoDB's language, with the placeholders replaced. */
sealed interface Expression {

    /** Whether an item fulfils it. */
    boolean holds(Map<String, Value> item) throws RefusedCallException;

    /** The attributes that it speaks of. */
    Stream<String> attributes();

    /** The conditions that are joined by AND. */
    default List<Expression> conjuncts() {
        return List.of(this);
    }

    /** What is compared. */
    sealed interface Operand {

        /** The value in an item. */
        Optional<Value> in(Map<String, Value> item);

        /** An attribute. */
        record Attribute(String name) implements Operand {

            @Override
            public Optional<Value> in(Map<String, Value> item) {
                return Optional.ofNullable(item.get(name));
            }
        }

        /** A value of the call. */
        record Given(Value value) implements Operand {

            @Override
            public Optional<Value> in(Map<String, Value> item) {
                return Optional.of(value);
            }
        }
    }

    private static Stream<String> names(List<Operand> operands) {
        return operands.stream()
                .filter(Operand.Attribute.class::isInstance)
                .map(operand -> ((Operand.Attribute) operand).name());
    }

    /** One comparison: {@code =}, {@code <>}, {@code <}, {@code <=}, {@code >}, {@code >=}. What is absent only differs. */
    record Comparison(String operator, Operand left, Operand right) implements Expression {

        @Override
        public boolean holds(Map<String, Value> item) {
            var first = left.in(item);
            var second = right.in(item);
            if (operator.equals("<>")) {
                return !first.equals(second);
            }
            if (first.isEmpty() || second.isEmpty()) {
                return false;
            }
            if (operator.equals("=")) {
                return first.equals(second);
            }
            if (!first.get().scalar() || !first.get().type().equals(second.get().type())) {
                return false;
            }
            var difference = first.get().compareWith(second.get());
            return switch (operator) {
                case "<" -> difference < 0;
                case "<=" -> difference <= 0;
                case ">" -> difference > 0;
                default -> difference >= 0;
            };
        }

        @Override
        public Stream<String> attributes() {
            return names(List.of(left, right));
        }
    }

    /** Both ends belong to it. */
    record Between(Operand operand, Operand low, Operand high) implements Expression {

        @Override
        public boolean holds(Map<String, Value> item) {
            return new Comparison(">=", operand, low).holds(item) && new Comparison("<=", operand, high).holds(item);
        }

        @Override
        public Stream<String> attributes() {
            return names(List.of(operand, low, high));
        }
    }

    /** One of the values. */
    record In(Operand operand, List<Operand> values) implements Expression {

        @Override
        public boolean holds(Map<String, Value> item) {
            var value = operand.in(item);
            return value.isPresent()
                    && values.stream().anyMatch(other -> other.in(item).equals(value));
        }

        @Override
        public Stream<String> attributes() {
            return Stream.concat(names(List.of(operand)), names(values));
        }
    }

    /** A function: {@code begins_with}, {@code contains}, {@code attribute_exists}, {@code attribute_not_exists}. */
    record Function(String name, List<Operand> arguments) implements Expression {

        @Override
        public boolean holds(Map<String, Value> item) throws RefusedCallException {
            var first = arguments.get(0).in(item);
            return switch (name) {
                case "attribute_exists" -> first.isPresent();
                case "attribute_not_exists" -> first.isEmpty();
                case "begins_with" -> {
                    var start = arguments.get(1).in(item);
                    if (start.isPresent() && start.get().type().equals("N")) {
                        throw RefusedCallException.invalid(
                                "Incorrect operand type for operator or function; operator or"
                                        + " function: begins_with, operand type: N");
                    }
                    yield first.isPresent() && start.isPresent() && first.get().beginsWith(start.get());
                }
                default -> {
                    var part = arguments.get(1).in(item);
                    yield first.isPresent() && part.isPresent() && first.get().contains(part.get());
                }
            };
        }

        @Override
        public Stream<String> attributes() {
            return names(arguments);
        }
    }

    /** All of them hold. */
    record And(List<Expression> parts) implements Expression {

        @Override
        public boolean holds(Map<String, Value> item) throws RefusedCallException {
            for (var part : parts) {
                if (!part.holds(item)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Stream<String> attributes() {
            return parts.stream().flatMap(Expression::attributes);
        }

        @Override
        public List<Expression> conjuncts() {
            return parts.stream().flatMap(part -> part.conjuncts().stream()).toList();
        }
    }

    /** One of them holds. */
    record Or(List<Expression> parts) implements Expression {

        @Override
        public boolean holds(Map<String, Value> item) throws RefusedCallException {
            for (var part : parts) {
                if (part.holds(item)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Stream<String> attributes() {
            return parts.stream().flatMap(Expression::attributes);
        }
    }

    /** It does not hold. */
    record Not(Expression part) implements Expression {

        @Override
        public boolean holds(Map<String, Value> item) throws RefusedCallException {
            return !part.holds(item);
        }

        @Override
        public Stream<String> attributes() {
            return part.attributes();
        }
    }
}
