package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * An append-only file of JSON lines, one line per transaction. A line that was cut by a crash never happened and is removed at start;
 * a line is promised to the outside only after {@link #force}, which many callers share.
 */
final class Journal implements AutoCloseable {

    private final FileChannel channel;
    private final FileLock lock;
    private final Object forcing = new Object();
    private long forcedTo;

    private Journal(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    static Journal open(Path file, Consumer<ObjectNode> replay) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = new RandomAccessFile(file.toFile(), "rw").getChannel();
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new IllegalStateException("another sandbox is using " + file);
            }
            long end = replayWholeLines(file, replay);
            channel.truncate(end);
            channel.position(end);
            return new Journal(channel, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the ledger " + file, e);
        }
    }

    private static long replayWholeLines(Path file, Consumer<ObjectNode> replay) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                replay.accept(Json.parse(java.util.Arrays.copyOfRange(bytes, start, i)));
                start = i + 1;
            }
        }
        return start;
    }

    /** Writes one line; the caller serialises calls. Returns the position to {@link #force}. */
    long append(ObjectNode line) {
        byte[] json = Json.bytes(line);
        ByteBuffer buffer =
                ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return channel.position();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the ledger", e);
        }
    }

    /** Returns once everything up to the position is on disk. */
    void force(long position) {
        synchronized (forcing) {
            if (forcedTo >= position) {
                return;
            }
            try {
                long written = channel.position();
                channel.force(false);
                forcedTo = written;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot force the ledger to disk", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.force(false);
        lock.release();
        channel.close();
    }
}
