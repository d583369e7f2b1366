// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who is told of a signal, by the JVM's own handling of signals ({@code sun.misc.Signal} of the module {@code jdk.unsupported}, open to everybody but known to
 * no compiler that warns). A signal's handler is ours from the first watch to the last, and is put back then.
 */
public final class Signals {
    private static final Class<?> SIGNAL = type("sun.misc.Signal");
    private static final Class<?> HANDLER = type("sun.misc.SignalHandler");
    private static final MethodHandle NEW;
    private static final MethodHandle HANDLE;
    private static final MethodHandle RUN;

    /** Guarded by itself, and with it all watches. A signal that arrives while a handler is replaced waits until it is known what was there. */
    private static final Map<String, Handled> HANDLED = new HashMap<>();

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            NEW = lookup.findConstructor(SIGNAL, MethodType.methodType(void.class, String.class));
            HANDLE = lookup.findStatic(SIGNAL, "handle", MethodType.methodType(HANDLER, SIGNAL, HANDLER));
            RUN = lookup.findVirtual(HANDLER, "handle", MethodType.methodType(void.class, SIGNAL));
        } catch (ReflectiveOperationException e) {
            throw new MissingInternalsException("sun.misc.Signal", e);
        }
    }

    private Signals() { }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new MissingInternalsException("class " + name + " (of the module jdk.unsupported)", e);
        }
    }

    /**
     * The one name of a signal.
     *
     * @param name its name in any of the usual spellings
     * @return for example {@code HUP}
     */
    public static String canonical(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("SIG") ? upper.substring(3) : upper;
    }

    /**
     * Has something run at each arrival of a signal, by a thread of the JVM.
     *
     * @param name the {@link #canonical} name
     * @param onArrival what to run; must not throw
     * @return what ends it
     * @throws IllegalArgumentException if there is no such signal, or the JVM keeps it for itself
     */
    public static Watch watch(String name, Runnable onArrival) {
        synchronized (HANDLED) {
            Handled handled = HANDLED.get(name);
            if (handled == null) {
                handled = new Handled(name);
                HANDLED.put(name, handled);
            }
            handled.watchers.add(onArrival);
            return new Watch(handled, onArrival);
        }
    }

    /** One who is told. */
    public static final class Watch {
        private final Handled handled;
        private final Runnable onArrival;

        private Watch(Handled handled, Runnable onArrival) {
            this.handled = handled;
            this.onArrival = onArrival;
        }

        /** Ends it; the last one puts the handler back that was there before. */
        public void close() {
            synchronized (HANDLED) {
                if (handled.watchers.remove(onArrival) && handled.watchers.isEmpty()) {
                    HANDLED.remove(handled.name);
                    handled.restore();
                }
            }
        }
    }

    /** A signal whose handler is ours. */
    private static final class Handled {
        final String name;
        final List<Runnable> watchers = new ArrayList<>();
        private final Object signal;
        private final Object own;
        private final Object before;

        Handled(String name) {
            this.name = name;
            try {
                MethodHandle arrived = MethodHandles.lookup().findVirtual(Handled.class, "arrived", MethodType.methodType(void.class, Object.class))
                        .bindTo(this).asType(MethodType.methodType(void.class, SIGNAL));
                signal = NEW.invoke(name);
                own = MethodHandleProxies.asInterfaceInstance(HANDLER, arrived);
                before = HANDLE.invoke(signal, own);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("signal " + name + " cannot be watched: " + e.getMessage() + "; kill -l lists those there are, and"
                        + " the JVM keeps some for itself (more without -Xrs than with it)", e);
            } catch (Throwable t) {
                throw SystemCall.<RuntimeException>rethrow(t);
            }
        }

        private void arrived(Object arrived) throws Throwable {
            List<Runnable> told;
            boolean isWatched;
            synchronized (HANDLED) {
                told = List.copyOf(watchers);
                isWatched = HANDLED.containsKey(name);
            }
            told.forEach(Runnable::run);
            if (isOfTheProgram(before) || !isWatched && isOfTheJdk(before)) {
                RUN.invoke(before, arrived);
            }
        }

        /** Not the default action, nor what the JDK does at the signals that end a process. */
        private static boolean isOfTheProgram(Object handler) {
            return !handler.getClass().getName().startsWith("sun.misc.");
        }

        /** What the JDK does at the signals that end a process: for one that came too late for the last watch. The system's own action cannot be called. */
        private static boolean isOfTheJdk(Object handler) {
            return !handler.getClass().getName().equals("sun.misc.NativeSignalHandler");
        }

        /** Puts the handler back that was there before, unless somebody else has taken over meanwhile, who keeps it. */
        void restore() {
            // what is there shows only when it is replaced: by one without watches, which passes on what comes to what it has replaced
            Handled between = new Handled(name);
            try {
                HANDLE.invoke(signal, between.before == own ? before : between.before);
            } catch (Throwable t) {
                throw SystemCall.<RuntimeException>rethrow(t);
            }
        }
    }
}
