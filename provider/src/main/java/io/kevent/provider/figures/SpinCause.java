// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import io.kevent.KeventOps;
import io.kevent.provider.core.Knote;
import io.kevent.provider.kernel.Events;

/** Why a select that was allowed to wait comes back at once and nothing comes of it; how many of them in a row are a spin. */
public enum SpinCause {
    /** All keys that were ready were in the selected-key set before, with nothing new: the select returned 0. */
    KEPT_SELECTED(SpinCause.RUN) {
        @Override
        String describe(Knote knote, int events, Thread selecting, Thread waker) {
            return "a key that is ready stays in the selected-key set, so that nothing new is selected: " + state(knote, events);
        }
    },

    /** The thread selects with its interrupt status set, which keeps it from waiting. */
    INTERRUPTED(SpinCause.RUN) {
        @Override
        String describe(Knote knote, int events, Thread selecting, Thread waker) {
            return "the interrupt status of " + quoted(selecting) + " is set and stays so, which keeps it from waiting";
        }
    },

    /** The kernel tells events that nobody waits for: a fault of kevent's, which should have silenced it. */
    UNWANTED(SpinCause.RUN) {
        @Override
        String describe(Knote knote, int events, Thread selecting, Thread waker) {
            return "the kernel keeps telling of a key what it is not interested in: " + state(knote, events);
        }
    },

    /** Wake-ups kept each of the selects from waiting. Work that other threads hand over looks the same for a while. */
    WOKEN(SpinCause.LONG_RUN) {
        @Override
        String describe(Knote knote, int events, Thread selecting, Thread waker) {
            if (waker == null) {
                // closed meanwhile, and forgotten
                return "the selector is woken up before each select";
            }
            return waker == selecting ? quoted(selecting) + " itself wakes the selector up before each select"
                    : "the selector is woken up before each select, last by " + quoted(waker);
        }
    },

    /** All keys that were reported are of channels that are broken or hung up for good. What they still hold may take many reads. */
    HUNG_UP(SpinCause.LONG_RUN) {
        @Override
        String describe(Knote knote, int events, Thread selecting, Thread waker) {
            return "a key whose channel is hung up is reported again and again and neither closed nor cancelled: " + state(knote, events);
        }
    },

    /** A key is reported whose channel has only the end of its stream left, select after select; others may be served between them. */
    END_OF_STREAM(SpinCause.LONG_RUN) {
        @Override
        String outcome() {
            return "had no need to wait";
        }

        @Override
        String describe(Knote knote, int events, Thread selecting, Thread waker) {
            return "a key whose channel the peer has closed, with nothing left to read, is reported again and again and neither closed nor cancelled: "
                    + state(knote, events);
        }
    };

    private static final int RUN = 512;
    private static final int LONG_RUN = 8192;

    /** How many selects in a row are a spin. */
    final int run;

    SpinCause(int run) {
        this.run = run;
    }

    /** What the selects of a run have in common, to stand in a sentence. */
    String outcome() {
        return "came to nothing";
    }

    abstract String describe(Knote knote, int events, Thread selecting, Thread waker);

    private static String state(Knote knote, int events) {
        return knote.channel() + ", descriptor " + knote.fd() + ", interest " + KeventOps.toString(knote.interest()) + ", events " + Events.toString(events);
    }

    private static String quoted(Thread thread) {
        return "thread \"" + thread.getName() + "\"";
    }
}
