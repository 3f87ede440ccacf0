package io.onsale.local.stores;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Kafka, one broker that is its own controller. */
public final class KafkaServer extends Store {

    private static final short API_VERSIONS = 18;
    private static final int CORRELATION_ID = 7;

    KafkaServer(Engine engine, int port) {
        super(engine, port);
    }

    /** As a JVM of this machine. */
    public static KafkaServer process(StoreHome home, int port, int controllerPort) {
        return new KafkaServer(KafkaCommand.engine(home, port, controllerPort), port);
    }

    public String bootstrapServers() {
        return host() + ":" + port();
    }

    @Override
    public String name() {
        return "Kafka";
    }

    /** Asks for its API versions: the one question that needs no agreement on versions. */
    @Override
    public boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port()), 1_000);
            socket.setSoTimeout(2_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(Short.BYTES + Short.BYTES + Integer.BYTES + Short.BYTES);
            out.writeShort(API_VERSIONS);
            out.writeShort(0);
            out.writeInt(CORRELATION_ID);
            out.writeShort(-1); // no client id
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return in.readInt() > 0 && in.readInt() == CORRELATION_ID;
        } catch (IOException e) {
            return false;
        }
    }
}
