// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.JdkKernel;

/** The limit of {@link RegisterWorkload}: its system calls alone. */
final class BareRegisterWorkload implements Workload {
    private final int[] descriptors;
    private LoopbackPairs pairs;
    private Engine engine;

    BareRegisterWorkload(int size) {
        this.descriptors = new int[size];
    }

    @Override
    public void open() throws Exception {
        engine = JdkKernel.INSTANCE.openEngine();
        pairs = new LoopbackPairs(descriptors.length);
        for (int i = 0; i < descriptors.length; i++) {
            descriptors[i] = JdkChannels.descriptor(pairs.near(i));
        }
    }

    @Override
    public long work() throws Exception {
        for (int descriptor : descriptors) {
            engine.add(descriptor, Events.IN);
        }
        int found = engine.collect(0);
        for (int descriptor : descriptors) {
            engine.remove(descriptor);
        }
        return found + engine.collect(0);
    }

    @Override
    public void close() throws Exception {
        engine.close();
        pairs.close();
    }
}
