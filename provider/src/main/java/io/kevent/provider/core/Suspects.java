// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.Probe;
import java.io.IOException;
import java.util.Arrays;

/**
 * The knotes that may be ready without the kernel telling it again: told once, waited for, and who knows whether it is still so. They are asked for
 * together, one system call for all of them, and only if an answer could make an operation ready. Idle knotes are not in the list.
 *
 * <p>The same call asks whether the engine has anything to tell of the other knotes: if not, a turn that has nothing to wait for need not enter the kernel
 * again.
 */
final class Suspects {
    private static final int FIRST_CAPACITY = 16;

    private final Probe probe;
    private final Engine engine;
    private Knote[] list = new Knote[FIRST_CAPACITY];
    private int size;
    private Knote[] questioned = new Knote[FIRST_CAPACITY];
    private boolean undecided;
    private boolean engineIsEmpty;

    Suspects(Probe probe, Engine engine) {
        this.probe = probe;
        this.engine = engine;
    }

    void add(Knote knote) {
        if (!knote.is(Knote.SUSPECT)) {
            makeRoom(1);
            list[size++] = knote;
            // last: if there is no memory left, it is not taken for one that is in the list
            knote.mark(Knote.SUSPECT);
        }
    }

    /** Makes room for so many more: to add them needs no memory then. */
    void makeRoom(int more) {
        if (more > list.length - size) {
            list = Arrays.copyOf(list, Math.max(list.length * 2, size + more));
        }
    }

    /** Asks the kernel of those that are not known to be ready, and puts those that are into the batch. */
    void review(Registrations kernel, Batch batch) throws IOException {
        undecided = false;
        engineIsEmpty = false;
        if (size == 0) {
            return;
        }
        for (int i = 0; i < size; i++) {
            if (list[i].arming != null) {
                list[i].arming.settle(list[i], kernel);
            }
        }
        int questions = sift(batch);
        if (questions > 0) {
            // last: what becomes ready while the others are asked is told by the engine
            probe.ask(questions, engine.fd(), Events.IN);
            probe.run(questions + 1);
            engineIsEmpty = probe.answer(questions) == 0;
            for (int i = 0; i < questions; i++) {
                hear(i, batch);
            }
        }
    }

    /** Whether a suspect of the last review may become ready by what another thread does to its channel, which nobody tells. */
    boolean areUndecided() {
        return undecided;
    }

    /** Whether the last review has asked the engine, and it had nothing to collect. */
    boolean isEngineEmpty() {
        return engineIsEmpty;
    }

    /** Drops who is above suspicion, takes who is known to be ready, and puts the questions for the others. Returns how many there are. */
    private int sift(Batch batch) {
        int kept = 0;
        int questions = 0;
        for (int i = 0; i < size; i++) {
            Knote knote = list[i];
            int question = knote.arming == null ? 0 : knote.arming.question(knote);
            if (question == 0) {
                knote.unmark(Knote.SUSPECT);
                continue;
            }
            list[kept++] = knote;
            if (knote.operationsReady(knote.ready) == 0) {
                undecided |= knote.mayFinish();
                continue;
            }
            int known = knote.arming.known(knote);
            if (known != 0) {
                batch.add(knote, known);
                continue;
            }
            if (questions == questioned.length) {
                questioned = Arrays.copyOf(questioned, questions * 2);
            }
            questioned[questions] = knote;
            probe.ask(questions++, knote.fd(), asAsked(question));
        }
        Arrays.fill(list, kept, size, null);
        size = kept;
        return questions;
    }

    /** Whoever asks whether there is something to read also learns whether the end stands behind it. */
    private static int asAsked(int question) {
        return question & ~Events.UNASKED | ((question & Events.IN) == 0 ? 0 : Events.RDHUP);
    }

    private void hear(int index, Batch batch) {
        Knote knote = questioned[index];
        questioned[index] = null;
        // closed behind our back, by native code: nothing is ready, as epoll itself has forgotten it
        int answer = probe.answer(index) & ~Events.NVAL;
        knote.arming.answered(knote, knote.arming.question(knote), answer);
        if (answer != 0 && knote.operationsReady(answer) != 0) {
            batch.add(knote, answer);
        }
    }

    void close() {
        probe.close();
    }
}
