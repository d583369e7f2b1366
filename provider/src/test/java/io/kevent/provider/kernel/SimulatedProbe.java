// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.util.ArrayList;
import java.util.List;

/** poll(2). */
final class SimulatedProbe implements Probe {
    private final SimulatedKernel kernel;
    private final List<int[]> questions = new ArrayList<>();
    private int[] answers = new int[0];

    SimulatedProbe(SimulatedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void ask(int index, int fd, int events) {
        if (index > questions.size()) {
            throw new IllegalArgumentException("a gap before question " + index);
        }
        if (index == questions.size()) {
            questions.add(null);
        }
        questions.set(index, new int[] {fd, events});
    }

    @Override
    public void run(int count) {
        answers = new int[count];
        for (int i = 0; i < count; i++) {
            int[] question = questions.get(i);
            answers[i] = kernel.poll(question[0]) & (question[1] | Events.UNASKED | Events.NVAL);
        }
    }

    @Override
    public int answer(int index) {
        return answers[index];
    }

    @Override
    public void close() {
        questions.clear();
    }
}
