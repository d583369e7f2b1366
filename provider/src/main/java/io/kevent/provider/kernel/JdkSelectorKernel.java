// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;

/**
 * The {@link Kernel} of a collector that works on the descriptors of one of the JDK's selectors: what that has registered stays registered, and its
 * descriptors stay open when the collector is closed. For one collector.
 */
public final class JdkSelectorKernel implements Kernel {
    private final JdkSelector selector;
    private boolean opened;

    /**
     * Makes the kernel.
     *
     * @param selector whose descriptors are to be used; nobody else may select by it meanwhile
     */
    public JdkSelectorKernel(JdkSelector selector) {
        this.selector = selector;
    }

    /** The first one is the selector's; later ones are the collector's own. */
    @Override
    public Engine openEngine() throws IOException {
        if (opened) {
            return JdkKernel.INSTANCE.openEngine();
        }
        opened = true;
        return new EpollEngine(selector.epollDescriptor(), false);
    }

    /** The selector's eventfd, edge-triggered as long as the bell is open. */
    @Override
    public Doorbell openDoorbell(Engine engine) throws IOException {
        int fd = selector.eventDescriptor();
        engine.modify(fd, Events.IN | Events.EDGE);
        return new Doorbell() {
            @Override
            public void ring() throws IOException {
                EventFdDoorbell.ring(fd);
            }

            /** By a thread that was inside the selector's own wakeup() when the collector took over. */
            @Override
            public boolean wasRungByOthers(int told) {
                return told == fd && selector.takeWakeup();
            }

            @Override
            public void close() throws IOException {
                engine.modify(fd, Events.IN);
            }
        };
    }

    @Override
    public Probe openProbe() {
        return JdkKernel.INSTANCE.openProbe();
    }
}
