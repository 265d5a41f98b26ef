package dev.schemaproof.generate.relational;

import dev.schemaproof.prove.TestServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class FormerContractsOnNewestTest extends FormerContractScenarios {

    @RegisterExtension
    static final TestServer SERVER = new TestServer(18);

    @Override
    TestServer server() {
        return SERVER;
    }
}
