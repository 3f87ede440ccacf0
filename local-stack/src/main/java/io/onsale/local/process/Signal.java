package io.onsale.local.process;

import java.util.ArrayList;
import java.util.List;

/** What can be said to a process. */
public enum Signal {
    TERM,
    INT,
    STOP,
    CONT;

    void send(List<ProcessHandle> processes) {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "kill -" + name() + " \"$@\" 2>/dev/null", "kill"));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        Commands.run(command);
    }
}
