// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HostStealTest {
    @TempDir
    Path directory;

    private void write(String times) throws IOException {
        Files.writeString(directory.resolve("stat"), "cpu  " + times + " 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n");
    }

    @Test
    void isAPartOfTheTimeThatWasNotIdle() throws IOException {
        write("100 0 50 1000 10 1 1 20");
        DoubleSupplier stolen = new HostSteal(directory.resolve("stat")).watch();
        assertEquals(0, stolen.getAsDouble());
        write("130 10 70 5000 90 6 6 50");
        assertEquals(30.0 / (30 + 10 + 20 + 5 + 5 + 30), stolen.getAsDouble());
    }

    @Test
    void thisMachineTells() {
        double stolen = new HostSteal().watch().getAsDouble();
        assertTrue(stolen >= 0 && stolen <= 1, () -> "" + stolen);
    }
}
