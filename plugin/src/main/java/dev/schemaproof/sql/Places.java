package dev.schemaproof.sql;

import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.parser.ASTNodeAccess;
import net.sf.jsqlparser.parser.Token;

/** Where the nodes of the library's tree stand. */
final class Places {

    private Places() {}

    /** The index of a token's first character; the library counts from 1. */
    static int begin(Token token) {
        return Math.max(0, token.absoluteBegin - 1);
    }

    private static int end(Token token) {
        return Math.max(begin(token), token.absoluteEnd - 1);
    }

    /** Where a node stands, if the library noted it. */
    static Optional<Span> of(Object node) {
        if (node instanceof ASTNodeAccess access && access.getASTNode() != null) {
            var first = access.getASTNode().jjtGetFirstToken();
            var last = access.getASTNode().jjtGetLastToken();
            if (first != null && last != null && end(last) >= begin(first)) {
                return Optional.of(new Span(begin(first), end(last)));
            }
        }
        return Optional.empty();
    }

    /** Where a node stands: where the library says, else from the first to the last of its parts. */
    static Span of(Object node, List<? extends SqlExpression> parts) {
        return of(node).orElseGet(() ->
                parts.stream().map(SqlExpression::span).reduce(Span::to).orElse(new Span(0, 0)));
    }
}
