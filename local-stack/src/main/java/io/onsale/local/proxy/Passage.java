package io.onsale.local.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client's connection through a link. All of it runs on one event loop. */
final class Passage {

    /** Long enough for the store to have carried out what came before an answer of another request on the same connection. */
    private static final long CARRIED_OUT_MILLIS = 50;

    private final Link link;
    private final Channel client;
    private final SqlEar ear = new SqlEar();
    private final Map<Trap, Integer> heard = new IdentityHashMap<>();
    private @Nullable Channel store;
    private Trap.@Nullable Deed caught;
    private boolean dead;
    private final Lane toStore = new Lane();
    private final Lane toClient = new Lane();

    Passage(Link link, Channel client) {
        this.link = link;
        this.client = client;
    }

    void open(Channel opened) {
        store = opened;
        client.pipeline().addLast(new End(this::request));
        opened.pipeline().addLast(new End(this::reply));
        client.config().setAutoRead(true);
        opened.config().setAutoRead(true);
    }

    private void request(ByteBuf bytes) {
        if (swallows()) {
            return;
        }
        Trap.Deed deed = caughtBy(bytes);
        if (deed == Trap.Deed.KILL_BEFORE) {
            dead = true;
            killSender();
        } else if (deed == null && caught == null && link.weather().cutsNow()) {
            cut();
        } else {
            caught = caught == null ? deed : caught;
            pass(bytes, store, toStore);
        }
    }

    private void reply(ByteBuf bytes) {
        Trap.Deed deed = caught;
        if (swallows()) {
            return;
        }
        if (deed == null) {
            pass(bytes, client, toClient);
            return;
        }
        dead = true;
        client.eventLoop()
                .schedule(
                        () -> {
                            if (deed == Trap.Deed.KILL_AFTER) {
                                killSender();
                            } else {
                                cut();
                            }
                        },
                        CARRIED_OUT_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    /** Who lived through a silence stays silent. */
    private boolean swallows() {
        dead |= link.weather().silent();
        return dead;
    }

    private Trap.@Nullable Deed caughtBy(ByteBuf bytes) {
        if (link.traps().isEmpty()) {
            ear.named(bytes);
            return null;
        }
        String text = bytes.toString(StandardCharsets.UTF_8) + ear.named(bytes);
        boolean ends = text.contains("COMMIT") || text.contains("ROLLBACK");
        Trap.Deed deed = null;
        for (Trap trap : link.traps()) {
            int at = heard.getOrDefault(trap, 0);
            while (at < trap.words().size() && text.contains(trap.words().get(at))) {
                at++;
            }
            boolean all = at == trap.words().size();
            if (all && deed == null && trap.springs()) {
                deed = trap.deed();
            }
            heard.put(trap, all || ends ? 0 : at);
        }
        return deed;
    }

    private void pass(ByteBuf bytes, @Nullable Channel to, Lane lane) {
        if (to != null) {
            lane.send(to, bytes.retain(), link.weather().delayNanos());
        }
    }

    private void killSender() {
        try {
            String who = link.sender()
                    .kill((InetSocketAddress) client.remoteAddress(), link.port())
                    .orElse("nobody");
            System.out.println("killed " + who + " on " + link.name());
        } catch (IOException e) {
            System.err.println("nobody killed: " + e);
        }
    }

    /** A reset, not a polite end. */
    private void cut() {
        client.config().setOption(ChannelOption.SO_LINGER, 0);
        client.close();
        if (store != null) {
            store.close();
        }
    }

    /** A dead connection's two ends do not hear of each other. */
    private void ended(Channel one) {
        Channel other = one == client ? store : client;
        if (!dead && other != null) {
            other.close();
        }
    }

    private interface Reader {
        void read(ByteBuf bytes);
    }

    private final class End extends ChannelInboundHandlerAdapter {

        private final Reader reader;

        End(Reader reader) {
            this.reader = reader;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                reader.read((ByteBuf) message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended(context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
