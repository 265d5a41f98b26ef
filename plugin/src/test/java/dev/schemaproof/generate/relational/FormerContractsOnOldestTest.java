package dev.schemaproof.generate.relational;

import dev.schemaproof.prove.TestServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class FormerContractsOnOldestTest extends FormerContractScenarios {

    @RegisterExtension
    static final TestServer SERVER = new TestServer(15);

    @Override
    TestServer server() {
        return SERVER;
    }
}
