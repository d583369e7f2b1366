// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Threads that change knotes at random while others take, and leave some of what they took: in the end each account balances. */
class QueueBalanceTest {
    private static final int STEPS = Load.times(250_000);
    private static final int TAKERS = 3;
    private static final int CHANGERS = 2;
    private static final int SOURCES = 18;
    private static final int CAPACITY = 8;
    private static final int[] OPTIONS = {0, OP_DISPATCH, OP_ONESHOT, OP_EDGE, OP_EDGE | OP_DISPATCH, OP_EDGE | OP_ONESHOT};

    private final AtomicReferenceArray<Account> accounts = new AtomicReferenceArray<>(SOURCES);
    private final List<Account> closed = new ArrayList<>();
    private final AtomicInteger changing = new AtomicInteger(CHANGERS);
    private final Crew crew = new Crew();
    private volatile boolean over;

    private static Account open(KeventQueue queue, int at) throws IOException {
        int options = OPTIONS[at / 3 % OPTIONS.length];
        switch (at % 3) {
            case 0: return new Account.Values(queue, options);
            case 1: return new Account.Bytes(queue, options);
            // a timer that one-shot stops counts no expirations meanwhile
            default: return new Account.Expirations(queue, options & ~OP_ONESHOT);
        }
    }

    // ---- changing

    private void change(KeventQueue queue, Random random) throws Exception {
        for (int step = 0; step < STEPS && crew.isWell(); step++) {
            int at = random.nextInt(SOURCES);
            Account account = accounts.get(at);
            try {
                change(account, random);
            } catch (DeletedKnoteException e) {
                assertFalse(account.knote().isValid(), e.getMessage());
            }
            if (random.nextInt(500) == 0) {
                Account fresh = open(queue, at);
                if (accounts.compareAndSet(at, account, fresh)) {
                    close(account);
                } else {
                    close(fresh);
                }
            }
        }
        changing.decrementAndGet();
    }

    private void close(Account account) throws Exception {
        account.delete();
        synchronized (closed) {
            closed.add(account);
        }
    }

    private static void change(Account account, Random random) throws IOException {
        Knote knote = account.knote();
        switch (random.nextInt(12)) {
            case 0:
                knote.disable();
                break;
            case 1: case 2:
                knote.enable();
                break;
            case 3:
                knote.interestOps(account.options | account.operations());
                break;
            case 4:
                if (account.operations() != 0) {
                    knote.interestOps(account.options);
                }
                break;
            case 5:
                knote.priority(random.nextInt(Knote.MAX_PRIORITY + 1));
                break;
            default:
                account.happen(random);
                break;
        }
    }

    // ---- taking

    private void take(KeventQueue queue, Random random) throws Exception {
        EventBatch batch = queue.newBatch(CAPACITY);
        while (!over) {
            int max = 1 + random.nextInt(CAPACITY);
            int min = Math.min(max, 1 + random.nextInt(8) / 6);
            queue.take(batch, min, max, 1 + random.nextInt(2_000), TimeUnit.MICROSECONDS);
            // leaves some of it now and then, by the next take or at once
            boolean leaves = random.nextInt(8) == 0;
            for (int most = leaves ? random.nextInt(CAPACITY) : CAPACITY; most > 0 && batch.next(); most--) {
                ((Account) batch.attachment()).handle(batch);
            }
            if (leaves && random.nextBoolean()) {
                batch.clear();
            }
        }
        batch.clear();
    }

    private void drain(KeventQueue queue) throws IOException {
        EventBatch batch = queue.newBatch(CAPACITY);
        for (int i = 0; i < SOURCES; i++) {
            accounts.get(i).rearm(accounts.get(i).knote());
        }
        for (int idle = 0; idle < 3 && crew.isWell();) {
            boolean any = false;
            queue.poll(batch);
            while (batch.next()) {
                Account account = (Account) batch.attachment();
                any |= !(account instanceof Account.Expirations);
                account.handle(batch);
            }
            idle = any ? 0 : idle + 1;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatHappensIsDeliveredOnceOrMergedOrDeleted(long seed) throws Exception {
        try (KeventQueue queue = KeventQueue.open()) {
            for (int i = 0; i < SOURCES; i++) {
                accounts.set(i, open(queue, i));
            }
            for (int i = 0; i < TAKERS; i++) {
                Random random = new Random(seed * 100 + i);
                crew.start("taker " + i, () -> take(queue, random));
            }
            for (int i = 0; i < CHANGERS; i++) {
                Random random = new Random(seed * 1000 + i);
                crew.start("changer " + i, () -> change(queue, random));
            }
            crew.await("the changes are made", () -> changing.get() == 0);
            over = true;
            crew.join();
            drain(queue);
            for (int i = 0; i < SOURCES; i++) {
                accounts.get(i).balance();
            }
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        } finally {
            for (Account account : closed) {
                account.close();
            }
            for (int i = 0; i < SOURCES; i++) {
                accounts.get(i).close();
            }
        }
    }
}
