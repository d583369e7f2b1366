// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Events;
import java.nio.channels.SelectableChannel;

/** A knote of any descriptor, mostly without a channel: what the kernel says is what is ready. */
final class TestKnote extends Knote {

    private final Looks looks;

    TestKnote(int fd) {
        this(fd, new Looks());
    }

    TestKnote(int fd, Looks looks) {
        this(null, fd, looks);
    }

    TestKnote(SelectableChannel channel, int fd, Looks looks) {
        super(channel, fd);
        this.looks = looks;
    }

    @Override
    protected Looks looks() {
        return looks;
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
