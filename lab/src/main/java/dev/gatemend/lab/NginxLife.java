package dev.gatemend.lab;

import java.io.IOException;
import java.util.Set;

/** How an nginx is started, told to load its configuration anew, and ended. */
interface NginxLife {
    /** Starts it and returns when it serves. */
    void start() throws IOException, InterruptedException;

    /** Tries to start it, and returns when it has given up. */
    void startRefused() throws IOException, InterruptedException;

    /** Asks it to load its configuration, whether or not it will. */
    void askToReload() throws IOException, InterruptedException;

    /** Has the log files opened anew. */
    void askToReopenLogs() throws IOException, InterruptedException;

    /** Ends it as a service manager does. */
    void stop() throws IOException, InterruptedException;

    /** SIGKILL to the master and its workers; the pid file stays. */
    void killHard() throws IOException, InterruptedException;

    /** Pids of the workers that serve or are about to end, as seen from here. */
    Set<Long> workers() throws IOException;
}
