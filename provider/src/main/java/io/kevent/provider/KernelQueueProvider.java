// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import io.kevent.KeventQueue;
import io.kevent.KeventQueueProvider;
import io.kevent.QueueOptions;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;

/** Opens queues on the kevent core, for {@link KeventQueue#open()}. They need no installed {@link KeventSelectorProvider}, but the same access. */
public final class KernelQueueProvider implements KeventQueueProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public KernelQueueProvider() { }

    @Override
    public KeventQueue open(QueueOptions options) throws IOException {
        String obstacle = Environment.obstacle();
        if (obstacle != null) {
            throw new IllegalStateException(obstacle + ": there is no queue here");
        }
        return new KernelQueue(JdkKernel.INSTANCE, options);
    }
}
