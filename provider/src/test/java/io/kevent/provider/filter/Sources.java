// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The sources that the contract of all knotes is run against, each opened when its turn has come. */
final class Sources {
    private static final List<Callable<SourceUnderTest>> OF_THE_KERNEL = List.of(ChannelSource::tcp, ChannelSource::unixDomain, ChannelSource::datagram,
            ChannelSource::pipe, ChannelSource::listener, FifoSource::reading, FifoSource::writing);
    private static final List<Callable<SourceUnderTest>> OF_THE_PROGRAM = List.of(OccurrenceSource::user, OccurrenceSource::timer,
            OccurrenceSource::periodicTimer, OccurrenceSource::wallClock);
    private static final List<Callable<SourceUnderTest>> SIGNAL = List.of(OccurrenceSource::signal);
    private static final List<Callable<SourceUnderTest>> PATH = List.of(ModifiedFile::new);
    private static final List<Callable<SourceUnderTest>> PROCESS = List.of(OccurrenceSource::process);

    private Sources() { }

    static Stream<SourceUnderTest> all() {
        return open(Stream.of(OF_THE_KERNEL, OF_THE_PROGRAM, SIGNAL, PATH, PROCESS));
    }

    static Stream<SourceUnderTest> repeating() {
        return open(Stream.of(OF_THE_KERNEL, OF_THE_PROGRAM, SIGNAL, PATH));
    }

    /** Those of which there is one only, so that to register them again is to change them. */
    static Stream<SourceUnderTest> oneOfTheirKind() {
        return open(Stream.of(OF_THE_KERNEL, SIGNAL, PATH, PROCESS));
    }

    /** Those that are told again as long as they are ready. */
    static Stream<SourceUnderTest> stayingReady() {
        return open(Stream.of(OF_THE_KERNEL));
    }

    private static Stream<SourceUnderTest> open(Stream<List<Callable<SourceUnderTest>>> openings) {
        return openings.flatMap(List::stream).map(Sources::open);
    }

    private static SourceUnderTest open(Callable<SourceUnderTest> opening) {
        try {
            return opening.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
