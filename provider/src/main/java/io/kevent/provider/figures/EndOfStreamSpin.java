// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteTable;
import io.kevent.provider.kernel.EndOfStream;
import java.lang.ref.WeakReference;
import java.nio.channels.SelectionKey;

/**
 * Notices a channel whose end of stream is reported again and again and which nobody closes. Each of those selects reports a key, as it should, and other
 * channels may be served between them: so it takes a sample, one select in many, and what is at its end in two of them one after the other has been
 * reported all the time. One thread at a time; {@link #run()} is for any.
 */
final class EndOfStreamSpin {
    private static final int PERIOD = SpinCause.END_OF_STREAM.run;
    private static final WeakReference<Knote> NOBODY = new WeakReference<>(null);

    private final KnoteTable table;
    private int selects;
    private long waitedBefore;

    /** At its end in the last sample. Not kept alive for that. */
    private volatile WeakReference<Knote> suspect = NOBODY;
    private volatile int run;

    EndOfStreamSpin(KnoteTable table) {
        this.table = table;
    }

    /** A select has reported keys. Returns whether it is to be a sample. */
    boolean isSample() {
        return ++selects % PERIOD == 0;
    }

    /**
     * Looks at a sample.
     *
     * @param knote one that was reported
     * @param waited how long the selector has waited for the kernel at most, in nanoseconds since any time
     * @return whether that makes it a spin; told once for a run
     */
    boolean take(Knote knote, long waited) {
        boolean prompt = waited - waitedBefore <= SpinDetector.TOLERATED_WAIT * PERIOD;
        waitedBefore = waited;
        if ((knote.interest() & SelectionKey.OP_READ) == 0 || !EndOfStream.isReached(knote.channel())) {
            suspect = NOBODY;
            run = 0;
            return false;
        }
        if (suspect.get() != knote) {
            suspect = new WeakReference<>(knote);
            run = 0;
            return false;
        }
        int before = prompt ? run : 0;
        run = !prompt ? 0 : before > Integer.MAX_VALUE - PERIOD ? before : before + PERIOD;
        return prompt && before == 0;
    }

    /** How many selects the run has, as of the last sample; 0 if the channel was seen to since. */
    int run() {
        Knote knote = suspect.get();
        return knote != null && table.get(knote.fd()) == knote && (knote.interest() & SelectionKey.OP_READ) != 0 ? run : 0;
    }
}
