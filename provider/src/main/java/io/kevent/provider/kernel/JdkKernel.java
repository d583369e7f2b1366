// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;

/** The {@link Kernel} of the running JDK. */
public final class JdkKernel implements Kernel {

    /** The only one: it has no state. */
    public static final JdkKernel INSTANCE = new JdkKernel();

    private JdkKernel() { }

    /**
     * Looks up everything that will be needed, so that what is missing shows now and not in the middle of an application's work.
     *
     * @throws MissingInternalsException if this JDK is not one that kevent knows
     */
    public static void requireInternals() {
        for (Class<?> user : new Class<?>[] {EpollEngine.class, EventFdDoorbell.class, PollProbe.class, Descriptors.class, JdkChannels.class}) {
            try {
                Class.forName(user.getName(), true, user.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            } catch (ExceptionInInitializerError e) {
                if (e.getCause() instanceof MissingInternalsException) {
                    throw (MissingInternalsException) e.getCause();
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
    public Doorbell openDoorbell(Engine engine) throws IOException {
        return new EventFdDoorbell(engine);
    }

    @Override
    public Probe openProbe() {
        return new PollProbe();
    }
}
