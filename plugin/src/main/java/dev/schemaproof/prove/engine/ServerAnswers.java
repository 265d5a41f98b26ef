package dev.schemaproof.prove.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * Waits until the server of a container answers a login. Not by its log: how often an image says that the server is ready
 * differs from image to image. While an image initialises, its server listens on no network, so that an answer is final.
 */
final class ServerAnswers extends AbstractWaitStrategy {

    private static final int PORT = 5432;
    private static final long POLL_MILLIS = 100;
    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(5);

    private final String user;
    private final String password;

    ServerAnswers(String user, String password, Duration timeout) {
        this.user = user;
        this.password = password;
        withStartupTimeout(timeout);
    }

    @Override
    protected void waitUntilReady() {
        Login login = Login.own(
                waitStrategyTarget.getHost(), waitStrategyTarget.getMappedPort(PORT), user, password, LOGIN_TIMEOUT);
        long end = System.nanoTime() + startupTimeout.toNanos();
        while (true) {
            try (Connection connection = login.home().getConnection()) {
                ServerFacts.read(connection);
                return;
            } catch (SQLException notYet) {
                if (!Boolean.TRUE.equals(
                        waitStrategyTarget.getCurrentContainerInfo().getState().getRunning())) {
                    throw new NoAnswer("it has ended");
                }
                if (System.nanoTime() > end) {
                    throw new NoAnswer("its server does not answer within " + startupTimeout.toSeconds() + " s: "
                            + Problems.ofLogin(login, notYet));
                }
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new NoAnswer("the build is being stopped");
            }
        }
    }

    /** The server of the container is not to be had; the message says why. */
    static final class NoAnswer extends ContainerLaunchException {

        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message);
        }
    }
}
