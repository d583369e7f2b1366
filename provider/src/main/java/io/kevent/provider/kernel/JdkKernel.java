// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The {@link Kernel} of the running JDK. */
public final class JdkKernel implements Kernel {

    /** The only one: it has no state. */
    public static final JdkKernel INSTANCE = new JdkKernel();

    /** By the class that needs it: the JVM tells of an initialisation that failed only the first time. Guarded by this class. */
    private static final Map<Class<?>, MissingInternalsException> MISSING = new HashMap<>();

    private JdkKernel() { }

    /**
     * Looks up everything that will be needed, so that what is missing shows now and not in the middle of an application's work.
     *
     * @throws MissingInternalsException if this JDK is not one that kevent knows
     */
    public static void requireInternals() {
        require(EpollEngine.class, EventFdDoorbell.class, PollProbe.class, Descriptors.class, JdkChannels.class, EndOfStream.class);
    }

    /**
     * Looks up what it takes to watch signals, which a JVM made of few modules may not have.
     *
     * @throws UnsupportedOperationException if it is not there
     */
    public static void requireSignals() {
        requireFor("signals", Signals.class);
    }

    /**
     * Looks up what it takes to open named pipes.
     *
     * @throws UnsupportedOperationException if it is not there
     */
    public static void requireFifos() {
        requireFor("named pipes", Fifo.class);
    }

    private static void requireFor(String what, Class<?> user) {
        try {
            require(user);
        } catch (MissingInternalsException e) {
            throw new UnsupportedOperationException(what + " cannot be watched in this JVM, which has no " + e.getMessage(), e);
        }
    }

    /**
     * Looks up everything that will be needed to do the work of the JDK's own selectors.
     *
     * @throws MissingInternalsException if this JDK's selectors are none that kevent knows
     */
    public static void requireSelectorInternals() {
        require(JdkSelector.class);
    }

    private static synchronized void require(Class<?>... users) {
        for (Class<?> user : users) {
            if (MISSING.containsKey(user)) {
                throw MISSING.get(user);
            }
            try {
                Class.forName(user.getName(), true, user.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            } catch (ExceptionInInitializerError e) {
                if (e.getCause() instanceof MissingInternalsException) {
                    MISSING.put(user, (MissingInternalsException) e.getCause());
                    throw MISSING.get(user);
                }
                throw e;
            }
        }
    }

    @Override
    public Engine openEngine() throws IOException {
        return new EpollEngine();
    }

    @Override
    public Engine openEngine(int capacity) throws IOException {
        return new EpollEngine(capacity);
    }

    @Override
    public Doorbell openDoorbell(Engine engine) throws IOException {
        return new EventFdDoorbell(engine);
    }

    @Override
    public Probe openProbe() {
        return new PollProbe();
    }
}
