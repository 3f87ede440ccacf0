package io.onsale.local.tests;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Says what every thread was doing when a test failed: a wait that did not end has its reason there or nowhere. */
public final class ThreadsOnFailure implements TestExecutionListener {

    private static final int TESTS = 2;
    private static final int FRAMES = 20;

    private final AtomicInteger failed = new AtomicInteger();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()
                && result.getStatus() == TestExecutionResult.Status.FAILED
                && failed.incrementAndGet() <= TESTS) {
            System.out.println("Threads when " + test.getLegacyReportingName() + " had failed:");
            Thread.getAllStackTraces().entrySet().stream()
                    .filter(thread -> thread.getValue().length > 0)
                    .forEach(ThreadsOnFailure::print);
        }
    }

    private static void print(Map.Entry<Thread, StackTraceElement[]> thread) {
        System.out.println(thread.getKey().getName() + " " + thread.getKey().getState());
        Arrays.stream(thread.getValue()).limit(FRAMES).forEach(frame -> System.out.println("    at " + frame));
    }
}
