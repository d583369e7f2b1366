// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Events;

/** A knote of any descriptor, without a channel: what the kernel says is what is ready. */
final class TestKnote extends Knote {

    TestKnote(int fd) {
        super(null, fd);
    }

    static TestKnote[] some(int count) {
        TestKnote[] knotes = new TestKnote[count];
        for (int i = 0; i < count; i++) {
            knotes[i] = new TestKnote(i);
        }
        return knotes;
    }

    /** As a key does it. */
    void interest(int interest, ChangeList changes) {
        if (changeQuietly(interest)) {
            return;
        }
        int before;
        do {
            before = word();
        } while (!changeInterest(before, interest, changes));
    }

    @Override
    public String toString() {
        return "knote " + fd() + " (" + Events.toString(armed) + ")";
    }
}
