package dev.schemaproof.prove.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where the ports that a Docker maps may be found. From inside a container that uses the Docker outside it, that is
 * anyone's guess: Testcontainers starts another container to find out, from an image that may not be had; we ask at each
 * place.
 *
 * @param names host names or addresses, the likeliest first
 */
record DockerHosts(List<String> names) {

    private static final String THIS_MACHINE = "localhost";
    private static final String OVERRIDE = "TESTCONTAINERS_HOST_OVERRIDE";
    private static final String BRIDGE = "bridge";

    DockerHosts {
        names = List.copyOf(names);
    }

    static DockerHosts of(URI daemon, DockerClient client) {
        boolean inContainer = Files.exists(Path.of("/.dockerenv")) || Files.exists(Path.of("/run/.containerenv"));
        return of(
                Optional.ofNullable(System.getenv(OVERRIDE)),
                daemon,
                inContainer ? bridges(client) : List.of(),
                inContainer ? defaultGateway() : Optional.empty());
    }

    static DockerHosts of(
            Optional<String> override, URI daemon, List<String> bridges, Optional<String> defaultGateway) {
        if (override.isPresent() && !override.get().isBlank()) {
            return new DockerHosts(List.of(override.get().strip()));
        }
        boolean socket = Set.of("unix", "npipe").contains(Objects.requireNonNullElse(daemon.getScheme(), ""));
        if (!socket && daemon.getHost() != null) {
            return new DockerHosts(List.of(daemon.getHost()));
        }
        Set<String> names = new LinkedHashSet<>(bridges);
        // Before the gateway, as this machine refuses at once what is not here
        names.add(THIS_MACHINE);
        defaultGateway.ifPresent(names::add);
        return new DockerHosts(List.copyOf(names));
    }

    boolean isThisMachineOnly() {
        return names.equals(List.of(THIS_MACHINE));
    }

    private static List<String> bridges(DockerClient client) {
        try {
            return client.inspectNetworkCmd().withNetworkId(BRIDGE).exec().getIpam().getConfig().stream()
                    .map(Network.Ipam.Config::getGateway)
                    .filter(Objects::nonNull)
                    .toList();
        } catch (RuntimeException noBridge) {
            // a Docker need not have one
            return List.of();
        }
    }

    private static Optional<String> defaultGateway() {
        try {
            return defaultGateway(Files.readAllLines(Path.of("/proc/net/route"), StandardCharsets.US_ASCII));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** The gateway of the route to everywhere, which the kernel writes as a number in the byte order of x86. */
    static Optional<String> defaultGateway(List<String> routes) {
        for (String route : routes) {
            String[] columns = route.split("\\s+", -1);
            if (columns.length > 2 && columns[1].equals("00000000") && columns[2].matches("[0-9A-F]{8}")) {
                int address = Integer.reverseBytes(Integer.parseUnsignedInt(columns[2], 16));
                try {
                    return Optional.of(InetAddress.getByAddress(new byte[] {
                                (byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address
                            })
                            .getHostAddress());
                } catch (UnknownHostException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
        return Optional.empty();
    }
}
