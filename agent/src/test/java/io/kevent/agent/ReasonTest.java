// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.io.IOException;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Why something failed, in one line. */
class ReasonTest {

    @Test
    void causesFollowWhatWasThrown() {
        assertEquals("no kevent, because java.io.IOException: no file, because java.lang.NoSuchFieldError: field",
                Reason.of(new IllegalStateException("no kevent", new IOException("no file", new NoSuchFieldError("field")))));
    }

    @Test
    void whatHasNoMessageIsCalledByItsKind() {
        assertEquals("java.lang.ExceptionInInitializerError, because java.lang.NoSuchFieldException: keys",
                Reason.of(new ExceptionInInitializerError(new NoSuchFieldException("keys"))));
    }

    @Test
    void wordsThatWereSaidAreNotSaidAgain() {
        assertEquals("java.io.IOException: no file", Reason.of(new IllegalStateException(new IOException("no file"))));
        assertEquals("no file; and no way back", Reason.of(new IllegalStateException("no file; and no way back", new IOException("no file"))));
    }

    @Test
    void onlyTheFirstLineOfAMessageIsTold() {
        assertEquals("no kevent, because java.lang.VerifyError: Bad type",
                Reason.of(new IllegalStateException("no kevent\nof any kind", new VerifyError("Bad type\nLocation:\n"))));
    }

    @Test
    void chainOfCausesIsBounded() {
        Throwable failure = new Throwable("6");
        for (int i = 5; i >= 0; i--) {
            failure = new IllegalStateException(Integer.toString(i), failure);
        }
        String kind = ", because java.lang.IllegalStateException: ";
        assertEquals("0" + kind + "1" + kind + "2" + kind + "3" + kind + "4", Reason.of(failure));
    }
}
