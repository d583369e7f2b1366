// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.workload.Kind;
import io.kevent.bench.workload.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Any workload under JMH. There is one in each JVM, so calling it by its interface costs nothing. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WorkloadBenchmark {

    /** The workload of this JVM. */
    @State(Scope.Benchmark)
    public static class Opened {
        /** Which workload. */
        @Param("READY")
        public Kind kind;

        /** Its number. */
        @Param("1")
        public int size;

        private Workload workload;

        /**
         * Opens it.
         *
         * @throws Exception if that fails
         */
        @Setup(Level.Trial)
        public void open() throws Exception {
            workload = kind.make(size);
            workload.open();
            // as in a server that has run for a while, what lives long lies together; else it would do so for who makes garbage and not for who makes none
            System.gc();
        }

        /**
         * Closes it.
         *
         * @throws Exception if that fails
         */
        @TearDown(Level.Trial)
        public void close() throws Exception {
            workload.close();
        }
    }

    /** The same, prepared before each piece of work. Only for work that takes long, since that costs two looks at the clock. */
    @State(Scope.Benchmark)
    public static class Prepared extends Opened {
        /**
         * Prepares one piece of work.
         *
         * @throws Exception if that fails
         */
        @Setup(Level.Invocation)
        public void prepare() throws Exception {
            ((Opened) this).workload.prepare();
        }
    }

    /**
     * Piece after piece.
     *
     * @param opened the workload
     * @return what it answers
     * @throws Exception if it fails
     */
    @Benchmark
    public long work(Opened opened) throws Exception {
        return opened.workload.work();
    }

    /**
     * Each piece apart.
     *
     * @param prepared the workload
     * @return what it answers
     * @throws Exception if it fails
     */
    @Benchmark
    public long preparedWork(Prepared prepared) throws Exception {
        return ((Opened) prepared).workload.work();
    }
}
