// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;

/** One operation, the same for both worlds; where it is not applicable it does nothing, so that any part of a sequence is a sequence too. */
record Step(String text, Operation operation) {

    /** The outcome of a step that was not applicable. */
    static final String SKIPPED = "not applicable";

    /** What a step does in one world. */
    interface Operation {
        Object in(World world) throws IOException;
    }

    /** Does the step: its result, or the class of what it has thrown. */
    String outcome(World world) {
        try {
            return String.valueOf(operation.in(world));
        } catch (NullPointerException | ClassCastException | IndexOutOfBoundsException e) {
            // nothing that java.nio specifies throws these here, so in neither world may they pass as an outcome
            throw new AssertionError(text, e);
        } catch (IOException | RuntimeException e) {
            return e.getClass().getName();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
