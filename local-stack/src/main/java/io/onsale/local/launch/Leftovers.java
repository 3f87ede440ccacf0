package io.onsale.local.launch;

import io.onsale.local.process.Pid;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Processes of this checkout that no pid file knows, because the launcher was killed between starting one and noting
 * it, or someone deleted `.onsale/run`. They hold our ports and data, so they are ended.
 */
final class Leftovers {

    private Leftovers() {}

    static void stop(StackHome home, Console console) {
        Set<Long> known = Pids.living(home).stream()
                .flatMap(name -> Pids.daemon(home, name).handle().stream())
                .flatMap(process ->
                        java.util.stream.Stream.concat(java.util.stream.Stream.of(process), process.descendants()))
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        List<ProcessHandle> strays = ProcessHandle.allProcesses()
                .filter(process -> !known.contains(process.pid()))
                .filter(process -> isOurs(home, process))
                .toList();
        for (ProcessHandle stray : strays) {
            console.say("Stopping pid " + stray.pid() + ", left over from an earlier run.");
            end(stray);
        }
    }

    private static boolean isOurs(StackHome home, ProcessHandle process) {
        String marker = home.directory() + "/";
        return process.info()
                .arguments()
                .map(arguments -> String.join(" ", arguments))
                .filter(line -> line.contains(marker + "data/") || line.contains(marker + "images/"))
                .isPresent();
    }

    private static void end(ProcessHandle stray) {
        Pid pid = Pid.of(stray);
        stray.destroy();
        for (int i = 0; i < 100 && pid.alive().isPresent(); i++) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        pid.alive().ifPresent(ProcessHandle::destroyForcibly);
    }
}
