package io.onsale.local.stores;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.PortBinding;
import java.util.List;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A store in a container of a Docker engine. Its port on this machine is chosen beforehand, so that it has the same address
 * after a kill; the container goes with the JVM.
 */
final class ContainerEngine implements Engine {

    private final GenericContainer<?> container;

    ContainerEngine(String image, int hostPort, int containerPort) {
        // The store's own check says when it answers.
        this.container = new GenericContainer<>(DockerImageName.parse(image))
                .withExposedPorts(containerPort)
                .withCreateContainerCmdModifier(create -> Objects.requireNonNull(create.getHostConfig())
                        .withPortBindings(PortBinding.parse("127.0.0.1:" + hostPort + ":" + containerPort)))
                .waitingFor(new AbstractWaitStrategy() {
                    @Override
                    protected void waitUntilReady() {}
                });
    }

    ContainerEngine with(String variable, String value) {
        container.addEnv(variable, value);
        return this;
    }

    ContainerEngine running(List<String> command) {
        container.setCommandParts(command.toArray(new String[0]));
        return this;
    }

    @Override
    public void start() {
        if (container.getContainerId() == null) {
            container.start();
        } else {
            docker().startContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public void stop() {
        if (running()) {
            docker().stopContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public void kill() {
        if (running()) {
            docker().killContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public void pause() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        docker().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public boolean running() {
        return container.getContainerId() != null && container.isRunning();
    }

    @Override
    public void discard() {
        container.stop();
    }

    @Override
    public String lastWords() {
        return container.getContainerId() == null ? "" : container.getLogs();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }
}
