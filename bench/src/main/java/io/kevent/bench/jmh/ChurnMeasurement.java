// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.workload.Kind;
import java.util.ArrayList;
import java.util.List;

/** What it costs to come and go. */
public final class ChurnMeasurement extends WorkloadMeasurement {
    private static final int OTHERS = 100;
    private static final int CONNECTIONS = 64;
    private static final List<Subject> SUBJECTS = List.of(Subject.JDK, Subject.KEVENT);

    /** Public for the list of measurements. */
    public ChurnMeasurement() { }

    @Override
    public String name() {
        return "churn";
    }

    @Override
    public String title() {
        return "Register and cancel";
    }

    @Override
    public String about() {
        return "A connection is made, accepted, registered, selected once, closed and deregistered, beside 100 that stay; most of that time is the kernel's"
                + " for the connection. And registering and cancelling alone: 64 connections that stay, with a select after each of the two. The limit is"
                + " a selector that keeps nothing and makes the system calls alone: what is left is the kernel's and that of the JDK's channels and keys.";
    }

    @Override
    public String per() {
        return "connection";
    }

    @Override
    public List<Block> blocks(Setting setting) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(block(setting, "register and cancel alone", new Task(Kind.REGISTER, CONNECTIONS, CONNECTIONS), Kind.REGISTER_LIMIT, SUBJECTS));
        if (!setting.quick()) {
            blocks.add(block(setting, "connect, register, close", new Task(Kind.CHURN, OTHERS, 1), Kind.CHURN_LIMIT, SUBJECTS));
        }
        return blocks;
    }
}
