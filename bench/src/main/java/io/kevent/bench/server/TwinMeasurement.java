// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The same servers on the JDK's selector and on kevent's, both in one JVM. */
public final class TwinMeasurement implements Measurement {
    private static final List<Subject> SUBJECTS = List.of(Subject.JDK, Subject.KEVENT);
    /** One: two JVMs differ by more than the turns of one do. */
    private static final int TURNS = 1;

    /** Public for the list of measurements. */
    public TwinMeasurement() { }

    @Override
    public String name() {
        return "twins";
    }

    @Override
    public String title() {
        return "Servers, two in one JVM";
    }

    @Override
    public String about() {
        return "What the compiler makes of a server is partly chance: two JVMs of one and the same differ by a tenth and more. Here one JVM has two servers, one on"
                + " each selector, which get the load in turns and share what the compiler has made of their code. It has two selectors to provide for, so that both"
                + " are slower than alone; what is to be read here is how they compare. The load is that of the other servers, and so is the limit of CPU and rate."
                + " Figures of the JVM's, in the turn of the one or the other.";
    }

    @Override
    public String per() {
        return "request";
    }

    @Override
    public List<Block> blocks(Setting setting) {
        boolean both = setting.subjects().containsAll(SUBJECTS);
        return setting.quick() || !both ? List.of() : Stream.of(Product.values()).map(TwinMeasurement::block).toList();
    }

    private static Block block(Product product) {
        List<ServerJvm> twins = List.of(new ServerJvm(product, SUBJECTS, false));
        Map<String, List<Trial>> scenarios = new LinkedHashMap<>();
        for (int connections : ServerMeasurement.CONNECTIONS) {
            List<Trial> trials = ServerMeasurement.timed(twins, connections, Wrk.Pace.AT_ONCE);
            trials.addAll(ServerMeasurement.profiled(twins, connections));
            scenarios.put(ServerMeasurement.scenario(product.title(), connections), trials);
        }
        return new Block(scenarios, TURNS);
    }
}
