// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.core.Collector;
import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteTable;
import io.kevent.provider.figures.SelectorRegistry;
import io.kevent.provider.figures.SelectorWatch;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.JdkSelector;
import io.kevent.provider.kernel.JdkSelectorKernel;
import io.kevent.provider.selector.SelectLoop;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;

/**
 * One of the JDK's selectors whose selections the core carries out. Keys, key sets, and the queues of changed and cancelled keys stay the selector's; only
 * what the kernel is asked is the core's. So the selector can be given back at any time between two turns.
 *
 * <p>Unless said otherwise a method needs the selector's monitor; one that selects or deregisters needs that of the selected-key set, too.
 */
final class AdoptedSelector extends SelectLoop {
    /** The events that the JDK's channels understand. */
    private static final int UNDERSTOOD = Events.IN | Events.OUT | Events.UNASKED;

    private final JdkSelector jdk;
    private final KnoteTable table;
    private final Collector collector;
    private final SelectorWatch watch;

    /** Set by any thread, which nudges the selecting one afterwards. */
    private volatile boolean retired;

    /** Why keys could not be taken out of the kernel, in the deregistration that is under way. */
    private IOException failure;

    private AdoptedSelector(JdkSelector jdk, KnoteTable table, Collector collector, SelectorWatch watch) {
        super(collector, watch);
        this.jdk = jdk;
        this.table = table;
        this.collector = collector;
        this.watch = watch;
    }

    /** Takes a selector over, without a system call for any of its channels. What fails is thrown after the selector is as it was. */
    static AdoptedSelector adopt(JdkSelector jdk) throws IOException {
        KnoteTable table = new KnoteTable();
        Collector collector = new Collector(new JdkSelectorKernel(jdk), table, (knote, refusal) -> {
            // the program is made for a select that does not fail for one channel: it may close the selector with all the others
            AdoptionLog.refused(jdk.selector(), knote.channel(), refusal);
            return true;
        });
        SelectorWatch watch;
        try {
            watch = SelectorRegistry.add("adopted", jdk.selector(), collector, table);
        } catch (RuntimeException | Error e) {
            collector.close();
            throw e;
        }
        AdoptedSelector adopted = new AdoptedSelector(jdk, table, collector, watch);
        try {
            jdk.keysSeen().forEach(adopted::takeIn);
            return adopted;
        } catch (RuntimeException | Error e) {
            adopted.close();
            throw e;
        }
    }

    private void takeIn(SelectionKey key) {
        int watched = JdkSelector.watched(key);
        if (watched != 0) {
            Knote knote = newKnote(key);
            collector.takeIn(knote, watched);
            note(key, knote);
        }
    }

    private Knote newKnote(SelectionKey key) {
        Knote knote = new AdoptedKnote(key, collector.looks());
        table.add(knote);
        return knote;
    }

    private void note(SelectionKey key, Knote knote) {
        int before;
        do {
            before = knote.word();
        } while (!knote.changeInterest(before, JdkSelector.interest(key), collector.changes()));
    }

    /** From now on those who wake the selector come here: a wake-up that went the old way before is not lost. */
    void begun() throws IOException {
        if (jdk.takeWakeup()) {
            collector.wakeup().wake();
        }
    }

    JdkSelector jdk() {
        return jdk;
    }

    /** The knote of a key, or null if there is none, yet or any more. Any thread, no locks. */
    Knote knote(SelectionKey key) {
        Knote knote = table.get(JdkChannels.descriptor(key.channel()));
        return knote != null && ((AdoptedKnote) knote).key() == key ? knote : null;
    }

    // ---- selecting

    /** A selection operation from its beginning, after the JDK's methods have locked what they lock. */
    int selectKeys(Consumer<SelectionKey> action, int timeoutMillis) throws IOException {
        jdk.takeUpdates(key -> {
            Knote knote = knote(key);
            note(key, knote == null ? newKnote(key) : knote);
        });
        try {
            return select(action, timeoutMillis);
        } finally {
            // the JDK's methods hold the locks around this one, so that it cannot be told without them
            watch.tell();
        }
    }

    /** Ends the wait that is under way, or the next one. Any thread, no locks. Returns false if the selector was given back. */
    boolean wake() throws IOException {
        watch.wakes();
        return collector.wakeup().wake();
    }

    /** Has a selection that is under way leave; whoever selects gives the selector back. Any thread, no locks. */
    void retire() throws IOException {
        retired = true;
        collector.wakeup().nudge();
    }

    /** Whether the selector is to be given back, and no selection may begin. Any thread, no locks. */
    boolean isRetired() {
        return retired;
    }

    int remaining() {
        return remainingMillis();
    }

    @Override
    protected boolean mustLeave() {
        return retired;
    }

    @Override
    protected void begin() {
        jdk.begin();
    }

    @Override
    protected void end() {
        jdk.end();
    }

    @Override
    protected void deregisterCancelled() throws IOException {
        jdk.deregisterCancelled();
        IOException refused = failure;
        if (refused != null) {
            failure = null;
            throw refused;
        }
    }

    /** Called back from there, for each key. */
    void deregister(SelectionKey key) {
        Knote knote = knote(key);
        if (knote == null) {
            return;
        }
        table.remove(knote);
        // it is out of the kernel then, or never will be: the selector must not take it out, since the descriptor may be somebody else's by now
        JdkSelector.watched(key, 0);
        try {
            collector.forget(knote);
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    protected int report(Knote knote, int ops, int events, Consumer<SelectionKey> action) {
        return jdk.report(events & UNDERSTOOD, ((AdoptedKnote) knote).key(), action);
    }

    @Override
    protected int reportNothing(Knote knote, int events, Consumer<SelectionKey> action) {
        // the selector looks at the interest as it is now, which may have come to be more than the core knows
        return report(knote, 0, events, action);
    }

    // ---- giving back

    /**
     * Leaves the selector to the JDK's methods, all its channels watched as they expect it. Nobody finds this object any more. The selected-key set is not
     * touched, so that the selector's monitor is enough: a selection, a deregistration and a close all hold it.
     */
    void giveBack() throws IOException {
        watch.close();
        // if nobody comes to know: a select that ends for nothing is allowed, one that sleeps while a task waits for it is not
        boolean pending = true;
        try {
            for (Knote knote : table) {
                giveOut(knote, ((AdoptedKnote) knote).key());
            }
        } finally {
            try {
                pending = collector.close();
            } finally {
                jdk.leaveWakeup(pending);
            }
        }
    }

    private void giveOut(Knote knote, SelectionKey key) {
        JdkSelector.watched(key, 0);
        try {
            JdkSelector.watched(key, collector.giveOut(knote));
        } catch (IOException e) {
            AdoptionLog.refusedToGoOn(jdk.selector(), key.channel(), e);
        }
        if (JdkSelector.watched(key) != JdkSelector.eventsOfInterest(key)) {
            jdk.queueUpdate(key);
        }
    }

    /** The selector is about to be closed. */
    void close() throws IOException {
        watch.close();
        collector.close();
    }
}
