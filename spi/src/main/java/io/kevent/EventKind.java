// SPDX-License-Identifier: Apache-2.0
package io.kevent;

/** What a {@link Knote} watches, and so what an event tells of. kqueue calls it the filter. */
public enum EventKind {
    /** A socket, a listener, a datagram socket, a pipe end: {@link KeventQueue#register}. */
    CHANNEL,
    /** A time that has come: {@link KeventQueue#timer(java.time.Duration, Object)}. */
    TIMER,
    /** What the program itself triggers: {@link KeventQueue#user}. */
    USER,
    /** A signal sent to the process: {@link KeventQueue#signal}. */
    SIGNAL,
    /** One end of a named pipe: {@link KeventQueue#fifo}. */
    FIFO,
    /** A file or a directory: {@link KeventQueue#path}. */
    PATH,
    /** The end of a process: {@link KeventQueue#process(Process, int, Object)}. */
    PROCESS
}
