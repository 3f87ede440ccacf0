package io.onsale.local.stores;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Redis Cluster with three masters and no replicas: what runs on it keeps to one slot per script. */
public final class RedisCluster implements RedisTarget {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final int CHECKS = 400;

    private final List<RedisServer> nodes;

    private RedisCluster(List<RedisServer> nodes) {
        this.nodes = nodes;
    }

    static RedisCluster form(Supplier<StoreHome> homes, IntSupplier ports, String password, boolean durable) {
        List<RedisServer> nodes = new ArrayList<>();
        int firstBus = 0;
        for (int i = 0; i < MASTERS; i++) {
            int bus = ports.getAsInt();
            RedisServer node = RedisServer.node(homes.get(), ports.getAsInt(), bus, password, durable);
            node.start();
            nodes.add(node);
            node.require("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
            node.require("CLUSTER ADDSLOTSRANGE " + SLOTS * i / MASTERS + " " + (SLOTS * (i + 1) / MASTERS - 1));
            if (i == 0) {
                firstBus = bus;
            } else {
                RedisServer first = nodes.get(0);
                node.require("CLUSTER MEET " + first.host() + " " + first.port() + " " + firstBus);
            }
        }
        RedisCluster cluster = new RedisCluster(List.copyOf(nodes));
        cluster.awaitAgreement();
        return cluster;
    }

    public List<RedisServer> nodes() {
        return nodes;
    }

    /** One `redis://` address per node, without the password. */
    public List<String> addresses() {
        return nodes.stream().map(RedisServer::address).toList();
    }

    public String password() {
        return nodes.get(0).password();
    }

    @Override
    public List<String> uris() {
        return nodes.stream().map(RedisServer::uri).toList();
    }

    @Override
    public boolean isCluster() {
        return true;
    }

    /** After a kill: the nodes know their slots and each other from a file of their own. */
    @Override
    public void start() {
        nodes.forEach(RedisServer::start);
        awaitAgreement();
    }

    @Override
    public void kill() {
        nodes.forEach(RedisServer::kill);
    }

    @Override
    public void pause() {
        nodes.forEach(RedisServer::pause);
    }

    @Override
    public void resume() {
        nodes.forEach(RedisServer::resume);
    }

    @Override
    public void wipe() {
        nodes.forEach(RedisServer::wipe);
    }

    /** A master of a cluster cannot be made a replica by hand; one that wants replicas and has none refuses as well. */
    @Override
    public void refuseWrites() {
        nodes.forEach(node -> node.require("CONFIG SET min-replicas-to-write 1"));
    }

    @Override
    public void takeWrites() {
        nodes.forEach(node -> node.require("CONFIG SET min-replicas-to-write 0"));
    }

    @Override
    public void limitMemory(long bytes) {
        nodes.forEach(node -> node.limitMemory(bytes));
    }

    private void awaitAgreement() {
        for (int i = 0; i < CHECKS; i++) {
            if (nodes.stream().allMatch(node -> agrees(node.ask("CLUSTER INFO")))) {
                return;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreFailedException("interrupted");
            }
        }
        throw new StoreFailedException(
                "the nodes do not become a cluster: " + nodes.get(0).ask("CLUSTER INFO"));
    }

    private static boolean agrees(String info) {
        return info.contains("cluster_state:ok") && info.contains("cluster_size:" + MASTERS);
    }
}
