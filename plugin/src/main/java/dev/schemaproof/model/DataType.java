package dev.schemaproof.model;

/** The type of an attribute, in the language's own terms; dialects translate it. */
public sealed interface DataType {

    /** A type without parameters. */
    record Scalar(ScalarKind kind) implements DataType {

        @Override
        public String toString() {
            return kind.word();
        }
    }

    /** Text of at most {@code length} characters. */
    record Varying(int length) implements DataType {

        @Override
        public String toString() {
            return "string(" + length + ")";
        }
    }

    /** Text of exactly {@code length} characters, padded with blanks. */
    record Fixed(int length) implements DataType {

        @Override
        public String toString() {
            return "char(" + length + ")";
        }
    }

    /** An exact number of {@code precision} digits, {@code scale} of them behind the point. */
    record Decimal(int precision, int scale) implements DataType {

        @Override
        public String toString() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /** A list of values of one type. */
    record Array(DataType element) implements DataType {

        @Override
        public String toString() {
            return element + "[]";
        }
    }

    /** A type from the model's {@code types}. */
    record Named(String name) implements DataType {

        @Override
        public String toString() {
            return name;
        }
    }

    /** A type that only one database knows, in that database's words. */
    record Native(String text) implements DataType {

        @Override
        public String toString() {
            return text;
        }
    }

    /** What was written was no type; it has been reported, and nothing more is said about it. */
    record Unreadable() implements DataType {}
}
