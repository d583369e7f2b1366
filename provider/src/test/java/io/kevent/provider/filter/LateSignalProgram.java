// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.KeventQueue;
import java.lang.reflect.Method;

/** Has the handler that a queue has installed run after the queue is closed, as the JVM does that was about to; prints something if that does not end it. */
final class LateSignalProgram {
    private LateSignalProgram() { }

    public static void main(String[] args) throws Exception {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Method handle = signalType.getMethod("handle", signalType, handlerType);
        Object signal = signalType.getConstructor(String.class).newInstance("TERM");
        Object installed;
        try (KeventQueue queue = KeventQueue.open()) {
            queue.signal("TERM", 0, null);
            installed = handle.invoke(null, signal, handlerType.getField("SIG_IGN").get(null));
            handle.invoke(null, signal, installed);
        }
        handlerType.getMethod("handle", signalType).invoke(installed, signal);
        System.out.println("the signal was ignored");
    }
}
