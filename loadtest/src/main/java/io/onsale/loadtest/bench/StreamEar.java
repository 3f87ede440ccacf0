package io.onsale.loadtest.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * One open stream: looks at the beginnings of lines for ids and names of events, and for nothing else. A chunk of HTTP may end in the
 * middle of a line.
 */
final class StreamEar extends ChannelInboundHandlerAdapter {

    /** Longer beginnings say nothing that is wanted. */
    private static final int BEGINNING = 24;

    private final FleetLog log;
    private final Consumer<Boolean> whenAnswered;
    private byte[] request;
    private final byte[] line = new byte[BEGINNING];
    private int length;
    private boolean answered;
    private boolean open;
    private boolean inBody;
    private long leftOfChunk;
    private long chunkSize;
    private long id;

    /** @param whenAnswered told once, whether the stream is open */
    StreamEar(byte[] request, FleetLog log, Consumer<Boolean> whenAnswered) {
        this.request = request;
        this.log = log;
        this.whenAnswered = whenAnswered;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.wrappedBuffer(request));
        request = new byte[0];
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (bytes.isReadable()) {
                byte next = bytes.readByte();
                if (inBody && leftOfChunk == 0) {
                    sizeOfChunk(next);
                } else {
                    leftOfChunk--;
                    ofLine(next);
                }
            }
        } finally {
            bytes.release();
        }
    }

    /** Hexadecimal digits until the line ends; before them, the end of the line of the chunk before. */
    private void sizeOfChunk(byte next) {
        int digit = Character.digit(next, 16);
        if (digit >= 0) {
            chunkSize = chunkSize * 16 + digit;
        } else if (next == '\n') {
            leftOfChunk = chunkSize;
            chunkSize = 0;
        }
    }

    private void ofLine(byte next) {
        if (next == '\n') {
            heard(new String(line, 0, length, StandardCharsets.US_ASCII));
            length = 0;
        } else if (length < BEGINNING) {
            line[length++] = next;
        }
    }

    private void heard(String text) {
        if (!inBody && text.isBlank()) {
            inBody = true;
            leftOfChunk = 0;
        } else if (!answered) {
            answered = true;
            open = text.startsWith("HTTP/1.1 200");
            if (open) {
                log.opened();
            } else {
                log.refused(text.strip());
            }
            whenAnswered.accept(open);
        } else if (text.startsWith("id: ")) {
            id = Long.parseLong(text.substring(4).strip());
        } else if (text.startsWith("event: ")) {
            log.heard(text.substring(7).strip(), id);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (open) {
            log.closed();
        } else if (!answered) {
            answered = true;
            log.failed();
            whenAnswered.accept(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
