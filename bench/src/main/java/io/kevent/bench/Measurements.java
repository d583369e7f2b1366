// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench;

import io.kevent.bench.herd.HerdMeasurement;
import io.kevent.bench.jmh.ChurnMeasurement;
import io.kevent.bench.jmh.InterestMeasurement;
import io.kevent.bench.jmh.MemoryMeasurement;
import io.kevent.bench.jmh.ReadyMeasurement;
import io.kevent.bench.jmh.WakeupMeasurement;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.pool.PoolMeasurement;
import io.kevent.bench.seed.SeedMeasurement;
import io.kevent.bench.server.ServerMeasurement;
import io.kevent.bench.server.TwinMeasurement;
import java.util.List;

/** All measurements, in the order in which they are run and reported. */
final class Measurements {
    private Measurements() { }

    static List<Measurement> all() {
        return List.of(new SeedMeasurement(), new ReadyMeasurement(), new InterestMeasurement(), new WakeupMeasurement(), new ChurnMeasurement(),
                new HerdMeasurement(), new PoolMeasurement(), new ServerMeasurement(), new TwinMeasurement(), new MemoryMeasurement());
    }
}
