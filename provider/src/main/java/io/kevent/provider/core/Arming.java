// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.io.IOException;

/**
 * How a knote stands in the kernel: one class for each way, one instance for all knotes. All methods are called by the thread that runs the collector,
 * and a method that throws has left knote and kernel as they were. But an exclusive knote, which is changed by being removed and added anew, may have been
 * left outside the kernel, with {@link Knote#arming} null: it is on the change list then, or the caller puts it there, and so it is brought back.
 */
abstract class Arming {

    /** Whether a knote with this interest word, some operation in it, can stand this way. */
    abstract boolean serves(int word);

    /** Whether the kernel wakes one of several that stand this way. */
    boolean isExclusive() {
        return false;
    }

    /** Brings a knote that the kernel does not know into it; some event is wanted. */
    abstract void enter(Knote knote, int wanted, Registrations kernel) throws IOException;

    /** Brings a knote that stands in the kernel in another way to this one, without taking it out; neither is exclusive, and some event is wanted. */
    void takeOver(Knote knote, int wanted, Registrations kernel) throws IOException {
        throw new AssertionError("an exclusive knote is added anew");
    }

    /** The owner's interest has changed, perhaps to nothing. {@code turnedOn} holds the events of operations that were off before. */
    abstract void change(Knote knote, int wanted, int turnedOn, Registrations kernel) throws IOException;

    /** Another engine was told something, of those of which the kernel tells one, and had no use for it; the owner waits for {@code wanted}. */
    void offered(Knote knote, int wanted, Registrations kernel) throws IOException { }

    /** Events came that make no operation ready which the owner waits for. Must see to it that they do not come again and again. */
    abstract void unwanted(Knote knote, Registrations kernel) throws IOException;

    /** Takes the knote out of the kernel. */
    void leave(Knote knote, Registrations kernel) throws IOException {
        kernel.engine().remove(knote.fd());
        knote.armed = 0;
        knote.ready = 0;
        knote.unmark(Knote.EARLY);
    }

    /** Takes the knote out of the second engine, if it is in it. */
    void leaveWrites(Knote knote, Registrations kernel) throws IOException { }

    /** The kernel has told events. */
    void told(Knote knote, int events, Registrations kernel) { }

    /** Events were found and reported to the owner. */
    void reported(Knote knote, int events) { }

    /** Events were found but not reported, because an earlier report of the batch failed, or they may be meant for another: they must not be lost. */
    void kept(Knote knote, int events, Registrations kernel) { }

    /** The kernel may have told anything of the knote, and nobody knows what: it must not be lost. */
    void missed(Knote knote, Registrations kernel) {
        kept(knote, knote.armed, kernel);
    }

    /** Gives a suspect that is reported in turn after turn the chance to stand otherwise. */
    void settle(Knote knote, Registrations kernel) throws IOException { }

    /** Of a suspect: the events to ask the kernel for; 0 if there is nothing to suspect any more. */
    int question(Knote knote) {
        return 0;
    }

    /** Of a suspect: the events that are known to be ready without a question, all of those that there is one for; 0 if they are not. */
    int known(Knote knote) {
        return 0;
    }

    /** The kernel's answer to the question. */
    void answered(Knote knote, int question, int answer) { }
}
