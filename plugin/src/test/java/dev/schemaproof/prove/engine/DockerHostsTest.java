package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DockerHostsTest {

    private static final URI SOCKET = URI.create("unix:///var/run/docker.sock");

    @Test
    void aSocketIsThisMachine() {
        DockerHosts hosts = DockerHosts.of(Optional.empty(), SOCKET, List.of(), Optional.empty());

        assertThat(hosts.names()).containsExactly("localhost");
        assertThat(hosts.isThisMachineOnly()).isTrue();
    }

    @Test
    void insideAContainerItMayBeAGateway() {
        DockerHosts hosts = DockerHosts.of(Optional.of(""), SOCKET, List.of("172.17.0.1"), Optional.of("192.168.0.1"));

        assertThat(hosts.names()).containsExactly("172.17.0.1", "localhost", "192.168.0.1");
        assertThat(hosts.isThisMachineOnly()).isFalse();
    }

    @Test
    void aDaemonOnTheNetworkIsItsHost() {
        assertThat(DockerHosts.of(
                                Optional.empty(),
                                URI.create("tcp://docker:2376"),
                                List.of("10.0.0.1"),
                                Optional.of("10.0.0.2"))
                        .names())
                .containsExactly("docker");
    }

    @Test
    void theUserKnowsBest() {
        assertThat(DockerHosts.of(
                                Optional.of("ci-host"),
                                URI.create("tcp://docker:2376"),
                                List.of("10.0.0.1"),
                                Optional.of("10.0.0.2"))
                        .names())
                .containsExactly("ci-host");
    }

    @Test
    void theDefaultGatewayIsReadFromTheRoutes() {
        assertThat(DockerHosts.defaultGateway(List.of(
                        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask",
                        "eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF",
                        "eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000")))
                .contains("172.17.0.1");
        assertThat(DockerHosts.defaultGateway(List.of())).isEmpty();
    }
}
