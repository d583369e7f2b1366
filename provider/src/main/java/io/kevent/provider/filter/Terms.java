// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.KeventOps;
import io.kevent.KeventQueue;

/**
 * What the flags and the attachment of a registration ask for.
 *
 * @param ops operations and options of the interest set, not checked yet
 * @param enabled whether the knote may be delivered from the start
 * @param priority its priority
 * @param attachment its attachment, or null
 */
record Terms(int ops, boolean enabled, int priority, Object attachment) {

    static Terms of(int flags, Object attachment) {
        return new Terms(KeventQueue.opsOf(flags), (flags & KeventQueue.DISABLED) == 0, KeventQueue.priorityOf(flags), attachment);
    }

    /** Refuses an interest set of a source that has no operations, if something in it means nothing. */
    static int requireOptions(int ops, String source) {
        int meaningful = KeventOps.OP_EDGE | KeventOps.OP_ONESHOT | KeventOps.OP_DISPATCH;
        int refused = ops & ~meaningful;
        if (refused != 0) {
            throw new IllegalArgumentException(KeventOps.toString(refused) + " means nothing for " + source + ", which accepts "
                    + KeventOps.toString(meaningful));
        }
        return KeventOps.requireCompatible(ops);
    }
}
